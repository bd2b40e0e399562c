import { readdirSync, readFileSync, statfsSync, statSync } from "node:fs"
import { lstat, opendir } from "node:fs/promises"
import { setTimeout as pause } from "node:timers/promises"
import type { MuxStream } from "../guest-mux.ts"
import type { MachineUse } from "../guest-replies.ts"
import type { Ops } from "./ops.ts"

/** how long the processor is watched, in `ms` */
const watchMs = 400
/** files of the data that are counted; of more nothing is said */
const filesMax = 20_000
/** clock ticks of `/proc` in a second: what the kernel tells programs on every architecture */
const ticksPerSecond = 100
const pageBytes = 4096
/** what `statfs` says of a file system that lies in memory */
const tmpfsType = 0x01021994

/** What the machine uses now: seen from inside, so it is the same on every driver. */
export async function use(ops: Ops, stream: MuxStream): Promise<void> {
  const before = ticksByPid(ops)
  const began = performance.now()
  const diskBytes = await bytesBelow(ops.config.roots.data)
  await pause(Math.max(0, watchMs - (performance.now() - began)))
  const now = ticksByPid(ops)
  const seconds = (performance.now() - began) / 1000
  let ticks = 0
  for (const [pid, { spent }] of now) ticks += Math.max(0, spent - (before.get(pid)?.spent ?? 0))
  const memory = [...now.values()].reduce((sum, { memoryBytes }) => sum + memoryBytes, 0)
  const told: MachineUse = {
    processors: ticks / ticksPerSecond / seconds,
    memoryBytes: memory + inMemory(ops.config.roots.workspace) + inMemory(ops.config.roots.tmp),
    diskBytes,
    processes: now.size,
  }
  stream.result(told)
}

interface Process {
  /** clock ticks of processor time, its ended children's too */
  spent: number
  memoryBytes: number
}

function ticksByPid({ config }: Ops): Map<number, Process> {
  const found = new Map<number, Process>()
  for (const pid of readdirSync("/proc").map(Number).filter(Number.isInteger)) {
    // A machine with a network of its own sees no processes but its own.
    const seen = processOf(pid, config.ownsUid || !config.sharedNetwork)
    if (seen) found.set(pid, seen)
  }
  return found
}

/** Nothing of a process that has ended meanwhile, or is not of this machine. */
function processOf(pid: number, allOurs: boolean): Process | undefined {
  try {
    if (statSync(`/proc/${pid}`).uid !== process.getuid?.()) return undefined
    if (!allOurs && pid !== process.pid && !isMarked(pid)) return undefined
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1")
    // The name in parentheses may hold anything; the fields behind it are numbers.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    const spent = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0)
    return { spent, memoryBytes: ownBytes(pid) ?? Number(fields[21]) * pageBytes }
  } catch {
    return undefined
  }
}

/** Where others run processes under our uid, ours are those that we started. */
function isMarked(pid: number): boolean {
  const ours = new RegExp(`(^|\\0)VM_PROCESS=[^\\0]*-of-${process.pid}(\\0|$)`)
  return ours.test(readFileSync(`/proc/${pid}/environ`, "latin1"))
}

/** Its share of memory, where the kernel tells: what several have in common is counted once. */
function ownBytes(pid: number): number | undefined {
  try {
    const kib = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "latin1"))?.[1]
    return kib === undefined ? undefined : Number(kib) * 1024
  } catch {
    return undefined
  }
}

/** Files that lie in memory count as memory. */
function inMemory(folder: string): number {
  const { type, blocks, bfree, bsize } = statfsSync(folder)
  return type === tmpfsType ? (blocks - bfree) * bsize : 0
}

/** `null` when there are too many files to count. */
async function bytesBelow(folder: string): Promise<number | null> {
  const count = { bytes: 0, files: 0 }
  await add(folder, count)
  return count.files > filesMax ? null : count.bytes
}

async function add(path: string, count: { bytes: number; files: number }): Promise<void> {
  const stats = await lstat(path).catch(() => undefined)
  if (!stats || ++count.files > filesMax) return
  count.bytes += stats.blocks * 512
  if (!stats.isDirectory()) return
  const folder = await opendir(path).catch(() => undefined)
  if (!folder) return
  for await (const entry of folder) await add(`${path}/${entry.name}`, count)
}
