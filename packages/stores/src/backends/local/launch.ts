import { type ChildProcess, type StdioOptions, spawn } from "node:child_process"
import { dirname } from "node:path"
import { addToGroups } from "@vibecaas/kernel/control-groups"
import { fault } from "@vibecaas/kernel/fault"
import { nameProcess, type ProcessName } from "@vibecaas/kernel/processes"
import { systemPath } from "@vibecaas/kernel/programs"
import type { Limits } from "../../engine.ts"
import type { Side } from "./layout.ts"
import { ownFolders, placesOf } from "./layout.ts"
import type { Local } from "./local.ts"
import type { StoreRecord } from "./record.ts"

/** Each side of a store has a control group of its own, and its hooks and tools another one. */
export type Group = "shop" | "shopb" | "work"
export const shopGroup = (side: Side): Group => (side === "a" ? "shop" : "shopb")

export interface Program {
  argv: readonly string[]
  env: Readonly<Record<string, string>>
  cwd: string
  /** what it is of the store, e.g. `shop`: in its environment, so that all its processes are found */
  part: string
  network: boolean
  /** seen and not written to, beside what every store sees */
  readOnly: readonly string[]
  /** that of its control group */
  group: Group
  /** whose work folder is its home */
  side: Side
  limits: Limits
  /** of its standard output and error; its input is closed, or `stdin` */
  out: number
  err: number
  stdin?: number
}

/** The command waits for a line: until then it is put into its control groups and recorded. */
const gate = 'umask 007; read -r go <&3 && exec 3<&- "$@"'

/**
 * Starts a program behind the wall as the store's user. It is in a process group of its own and lives on
 * when we end.
 *
 * @param known is told its name before it does anything
 * @throws Fault `spawn_failed`
 */
export async function launch(
  local: Local,
  record: StoreRecord,
  { program, known }: { program: Program; known(name: ProcessName): Promise<void> },
): Promise<ChildProcess> {
  const groups = await groupsFor(local, record, program)
  const child = spawn("/bin/sh", ["-c", gate, "gate", ...commandOf(local, record, program)], {
    cwd: "/",
    env: environmentOf(local, record, program),
    stdio: [program.stdin ?? "ignore", program.out, program.err, "pipe"] satisfies StdioOptions,
    detached: true,
    ...(record.uid === undefined ? {} : { uid: record.uid, gid: record.uid }),
  })
  await spawned(child)
  const go = child.stdio[3]
  go?.on("error", () => {})
  try {
    const name = await nameProcess(child.pid ?? -1)
    if (name) await known(name)
    await addToGroups(groups, child.pid ?? -1).catch((error: NodeJS.ErrnoException) => {
      // It was killed meanwhile: who waits for its end hears how.
      if (error.code !== "ESRCH") throw error
    })
    if (go && "write" in go) go.end("go\n")
  } catch (error) {
    // The gate sees the end of its input and gives up.
    go?.destroy()
    throw error
  }
  child.unref()
  return child
}

function commandOf({ wall, staged, settings }: Local, record: StoreRecord, program: Program) {
  const places = placesOf(settings, record.storeId)
  return wall.command({
    argv: program.argv,
    readOnly: [...new Set([dirname(staged.nodePath), ...program.readOnly])],
    writable: [...ownFolders(places), places.sockets],
    cwd: program.cwd,
    network: program.network,
    processesMax: program.limits.processesMax,
    fileMiB: program.limits.diskMiB,
    etcDir: staged.etcDir,
  })
}

function environmentOf({ staged, settings }: Local, record: StoreRecord, program: Program) {
  const { works, tmp } = placesOf(settings, record.storeId)
  return {
    ...{ PATH: `${dirname(staged.nodePath)}:${systemPath}`, LANG: "C.UTF-8" },
    ...{ HOME: works[program.side], TMPDIR: tmp },
    ...program.env,
    [markName]: `${record.storeId}.${program.part}`,
  }
}

const markName = "VIBECAAS_STORE"
export const markOf = (storeId: string, part: string) => `${markName}=${storeId}.${part}`

async function groupsFor(
  { cgroups }: Local,
  record: StoreRecord,
  { group, limits }: Program,
): Promise<string[]> {
  const groups = await cgroups.make(`vibecaas-${record.storeId}-${group}`, {
    memoryMiB: limits.memoryMiB,
    cpuCount: limits.cpuCount,
    processesMax: limits.processesMax,
  })
  record.groups = [...new Set([...record.groups, ...groups])]
  return groups
}

/** Those of one of the store's control groups. */
export const groupsOf = (record: StoreRecord, group: Group) =>
  record.groups.filter((path) => path.endsWith(`-${group}`))

function spawned(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("spawn", resolve)
    child.once("error", (error) =>
      reject(
        fault("spawn_failed", {
          say: "The store's program could not be started.",
          note: String(error),
          retryable: true,
        }),
      ),
    )
  })
}
