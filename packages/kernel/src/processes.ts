import { readdir, readFile, readlink } from "node:fs/promises"
import { shareCalls } from "./share-calls.ts"
import { signalQuietly } from "./signal-quietly.ts"

/** A process as the kernel names it for good: numbers are used again, start times are not. */
export interface ProcessName {
  pid: number
  /** clock ticks since the kernel's boot */
  startedAt: string
}

export async function nameProcess(pid: number): Promise<ProcessName | undefined> {
  const stat = await read(`/proc/${pid}/stat`)
  if (stat === undefined) return undefined
  // The name in parentheses may hold anything. A zombie has ended: only its parent's turn is due.
  const fields = fieldsOf(stat)
  const startedAt = fields[19]
  return fields[0] === "Z" || startedAt === undefined ? undefined : { pid, startedAt }
}

/** What stands behind the name, from the state on. */
const fieldsOf = (stat: string) => stat.slice(stat.lastIndexOf(")") + 2).split(" ")

export async function isAlive(process: ProcessName): Promise<boolean> {
  return (await nameProcess(process.pid))?.startedAt === process.startedAt
}

/** The first process of the namespace that `pid` or one of its children made, seen from outside. */
export async function findInit(pid: number): Promise<ProcessName | undefined> {
  const status = await read(`/proc/${pid}/status`)
  const numbers = /^NSpid:\s+(.*)$/m.exec(status ?? "")?.[1]?.split(/\s+/) ?? []
  if (numbers.length > 1 && numbers.at(-1) === "1") return nameProcess(pid)
  for (const child of await childrenOf(pid)) {
    const found = await findInit(child)
    if (found) return found
  }
  return undefined
}

/** Living processes of one uid. */
export async function processesOfUid(uid: number): Promise<number[]> {
  return filterProcesses(await allStatuses(), (status) => runsAs(status, uid))
}

/** No process of the uid, not even one that has ended but still counts against its limits. */
export async function isUnused(uid: number): Promise<boolean> {
  return ![...(await allStatuses()).values()].some((status) => runsAs(status, uid))
}

function runsAs(status: string, uid: number): boolean {
  const uids = /^Uid:\s+(.*)$/m.exec(status)?.[1]
  return uids?.split(/\s+/).includes(String(uid)) ?? false
}

/** Living processes that carry `name=value` in the environment they were started with. */
export async function processesMarked(mark: string): Promise<number[]> {
  return filterProcesses(
    await allEnvironments(),
    // To look for the text first is far quicker than to take every environment apart.
    (environment) => environment.includes(mark) && environment.split("\0").includes(mark),
  )
}

/** Living processes of one process group, in whatever namespace they are. */
export async function processesInGroup(group: number): Promise<number[]> {
  return filterProcesses(await allStats(), (stat) => Number(fieldsOf(stat)[2]) === group)
}

/** Living processes whose working directory is this one. @param folder absolute, without links */
export async function processesWorkingIn(folder: string): Promise<number[]> {
  return filterProcesses(await allFolders(), (cwd) => cwd === folder)
}

/** Memory of processes together that is theirs alone or shared among them, in MiB. */
export async function memoryOf(pids: readonly number[]): Promise<number> {
  const sizes = await Promise.all(
    pids.map(async (pid) => {
      const rollup = await read(`/proc/${pid}/smaps_rollup`)
      return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup ?? "")?.[1] ?? 0)
    }),
  )
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 102.4) / 10
}

/** Time of one processor that processes have used together since their starts, in `ms`. */
export async function processorTimeOf(pids: readonly number[]): Promise<number> {
  const times = await Promise.all(
    pids.map(async (pid) => {
      const fields = fieldsOf((await read(`/proc/${pid}/stat`)) ?? ")")
      return Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
    }),
  )
  // The kernel tells them in hundredths of a second on every Linux that Node runs on.
  return times.reduce((sum, time) => sum + time, 0) * 10
}

/** How often processes are looked for until they count as surviving, and how long to wait between. */
export interface Rounds {
  most: number
  wait(): Promise<void>
}

/**
 * Kills what `look` finds until it has found nothing twice in a row: a process that is just becoming
 * another program has no environment to be read, so a single look may miss it.
 *
 * @returns what is left after the last round; nothing when all have ended
 */
export async function endAll(look: () => Promise<number[]>, rounds: Rounds): Promise<number[]> {
  let quiet = 0
  let left: number[] = []
  for (let round = 0; round < rounds.most && quiet < 2; round++) {
    if (round > 0) await rounds.wait()
    left = await look()
    quiet = left.length === 0 ? quiet + 1 : 0
    for (const pid of left) signalQuietly(pid)
  }
  return left
}

/** Of those that were looked at, who live and fit; never ourselves. */
async function filterProcesses(
  looked: ReadonlyMap<number, string>,
  fits: (what: string) => boolean,
): Promise<number[]> {
  const fitting = [...looked].filter(([pid, what]) => pid !== process.pid && fits(what))
  const living = await Promise.all(fitting.map(async ([pid]) => !!(await nameProcess(pid))))
  return fitting.filter((_, at) => living[at]).map(([pid]) => pid)
}

/** The same of every process, by its number; of those that are there and ours to read. */
const lookAtAll = (look: (pid: number) => Promise<string | undefined>) =>
  shareCalls(async () => {
    const all = await Promise.all((await allPids()).map(async (pid) => [pid, await look(pid)]))
    return new Map(all.filter((one): one is [number, string] => one[1] !== undefined))
  })

const allStats = lookAtAll((pid) => read(`/proc/${pid}/stat`))
const allStatuses = lookAtAll((pid) => read(`/proc/${pid}/status`))
const allEnvironments = lookAtAll((pid) => read(`/proc/${pid}/environ`))
const allFolders = lookAtAll((pid) => readlink(`/proc/${pid}/cwd`).catch(() => undefined))

const allPids = async () => (await readdir("/proc")).map(Number).filter((pid) => pid > 1)

async function childrenOf(pid: number): Promise<number[]> {
  const list = await read(`/proc/${pid}/task/${pid}/children`)
  return list?.split(" ").filter(Boolean).map(Number) ?? []
}

/** Threads that run under our own uid, for a limit that the kernel counts by uid. */
export async function ownThreads(): Promise<number> {
  const pids = await processesOfUid(process.getuid?.() ?? 0)
  const counts = await Promise.all(
    pids.map(async (pid) => {
      const status = await read(`/proc/${pid}/status`)
      return Number(/^Threads:\s+(\d+)$/m.exec(status ?? "")?.[1] ?? 1)
    }),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

/** Distinguishes this run of the kernel from earlier ones, so that old records mean nothing. */
export const kernelBootId = async (): Promise<string> =>
  (await read("/proc/sys/kernel/random/boot_id"))?.trim() ?? (await readlink("/proc/self/ns/pid"))

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "latin1")
  } catch {
    // Processes come and go while we look, and some are not ours to read.
    return undefined
  }
}
