import { readFileSync } from "node:fs"

/**
 * What no app asks a kernel for, and what breaks out of sandboxes were made of: a filter of system calls for
 * `bwrap --seccomp`. Names and numbers are those of the kernel's tables (`unistd.h`), by architecture.
 */
const calls: Record<string, Partial<Record<NodeJS.Architecture, number>>> = {
  // Other processes' memory and descriptors, the agent's among them.
  ptrace: { x64: 101, arm64: 117 },
  process_vm_readv: { x64: 310, arm64: 270 },
  process_vm_writev: { x64: 311, arm64: 271 },
  pidfd_getfd: { x64: 438, arm64: 438 },
  kcmp: { x64: 312, arm64: 272 },
  // Parts of the kernel that are large and not kept apart by namespaces.
  add_key: { x64: 248, arm64: 217 },
  request_key: { x64: 249, arm64: 218 },
  keyctl: { x64: 250, arm64: 219 },
  bpf: { x64: 321, arm64: 280 },
  perf_event_open: { x64: 298, arm64: 241 },
  userfaultfd: { x64: 323, arm64: 282 },
  io_uring_setup: { x64: 425, arm64: 425 },
  io_uring_enter: { x64: 426, arm64: 426 },
  io_uring_register: { x64: 427, arm64: 427 },
  fanotify_init: { x64: 300, arm64: 262 },
  // Namespaces and mounts.
  unshare: { x64: 272, arm64: 97 },
  setns: { x64: 308, arm64: 268 },
  mount: { x64: 165, arm64: 40 },
  umount2: { x64: 166, arm64: 39 },
  pivot_root: { x64: 155, arm64: 41 },
  chroot: { x64: 161, arm64: 51 },
  open_tree: { x64: 428, arm64: 428 },
  move_mount: { x64: 429, arm64: 429 },
  fsopen: { x64: 430, arm64: 430 },
  fsconfig: { x64: 431, arm64: 431 },
  fsmount: { x64: 432, arm64: 432 },
  fspick: { x64: 433, arm64: 433 },
  mount_setattr: { x64: 442, arm64: 442 },
  open_by_handle_at: { x64: 304, arm64: 265 },
  // The host itself.
  init_module: { x64: 175, arm64: 105 },
  finit_module: { x64: 313, arm64: 273 },
  delete_module: { x64: 176, arm64: 106 },
  kexec_load: { x64: 246, arm64: 104 },
  kexec_file_load: { x64: 320, arm64: 294 },
  reboot: { x64: 169, arm64: 142 },
  swapon: { x64: 167, arm64: 224 },
  swapoff: { x64: 168, arm64: 225 },
  syslog: { x64: 103, arm64: 116 },
  acct: { x64: 163, arm64: 89 },
  quotactl: { x64: 179, arm64: 60 },
  settimeofday: { x64: 164, arm64: 170 },
  clock_settime: { x64: 227, arm64: 112 },
  iopl: { x64: 172 },
  ioperm: { x64: 173 },
}

/** How the kernel calls architectures (`linux/audit.h`). */
const kernelNames: Partial<Record<NodeJS.Architecture, number>> = {
  x64: 0xc000003e,
  arm64: 0xc00000b7,
}

/** Instructions of classic BPF (`linux/filter.h`), and what a filter answers (`linux/seccomp.h`). */
const op = { load: 0x20, ifEqual: 0x15, ifAtLeast: 0x35, answer: 0x06 }
const answers = { allow: 0x7fff0000, notPermitted: 0x00050001 }
/** Where a call's number and architecture stand in what a filter sees. */
const at = { number: 0, architecture: 4 }
/** From here on numbers are those of another way to call, which would pass by all of the others. */
const otherNumbering = 0x40000000

/** The filter as bytes; nothing for an architecture whose numbers are not known here. */
export function refusedCalls(architecture: NodeJS.Architecture): Buffer | undefined {
  const kernelName = kernelNames[architecture]
  if (kernelName === undefined) return undefined
  const numbers = Object.values(calls).flatMap((call) => call[architecture] ?? [])
  const refuse = numbers.length + 1
  return Buffer.concat([
    instruction({ code: op.load, value: at.architecture }),
    instruction({ code: op.ifEqual, value: kernelName, yes: 1 }),
    instruction({ code: op.answer, value: answers.notPermitted }),
    instruction({ code: op.load, value: at.number }),
    instruction({ code: op.ifAtLeast, value: otherNumbering, yes: refuse }),
    ...numbers.map((value, index) =>
      instruction({ code: op.ifEqual, value, yes: numbers.length - index }),
    ),
    instruction({ code: op.answer, value: answers.allow }),
    instruction({ code: op.answer, value: answers.notPermitted }),
  ])
}

/** `yes`: how many of the next ones to leave out when it is so. */
function instruction({ code, value, yes = 0 }: { code: number; value: number; yes?: number }) {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt16LE(code, 0)
  bytes.writeUInt8(yes, 2)
  bytes.writeUInt32LE(value, 4)
  return bytes
}

/** Whether this kernel takes filters. */
export const takesFilters = (): boolean =>
  /^Seccomp:/m.test(readFileSync("/proc/self/status", "utf8"))
