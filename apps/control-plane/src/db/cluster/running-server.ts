import { readdir, readFile, readlink, realpath, rm } from "node:fs/promises"
import { join } from "node:path"
import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import { signalQuietly } from "@vibecaas/kernel/signal-quietly"

/** A server that runs on a data directory, as its `postmaster.pid` tells. */
export interface RunningServer {
  pid: number
  port: number
  /** false while it starts, recovers or ends */
  ready: boolean
}

/**
 * The server on this data directory, if one is alive.
 *
 * After a crash the file may name a process that is long gone or, worse, the number may belong to
 * another program by now. A process is the server iff it works in the data directory, as
 * PostgreSQL always does.
 */
export async function runningServer(dataFolder: string): Promise<RunningServer | undefined> {
  const text = await readFile(pidFile(dataFolder), "utf8").catch(() => "")
  const lines = text.split("\n")
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!(pid > 0 && port > 0) || !(await worksIn(pid, await real(dataFolder)))) return undefined
  return { pid, port, ready: lines[7]?.trim() === "ready" }
}

/**
 * Waits until the data directory's server is either ready or gone for good, and answers it in the
 * first case. A dead server's `postmaster.pid` is removed, but only when none of its processes is
 * left: they could write to the data after a new server has begun to.
 *
 * @throws Fault `unavailable` when processes of an old server do not end
 */
export async function settledServer(
  dataFolder: string,
  clock: Clock,
): Promise<RunningServer | undefined> {
  for (let waitedMs = 0; waitedMs < settleMsMax; waitedMs += 100) {
    const server = await runningServer(dataFolder)
    if (server?.ready) return server
    if ((await processesIn(dataFolder)).length === 0) {
      await rm(pidFile(dataFolder), { force: true })
      return undefined
    }
    await clock.sleep(100)
  }
  throw stillUsed(dataFolder)
}

/** Recovery after a crash may take minutes. */
const settleMsMax = 300_000

/**
 * Ends the server without asking, for one that no longer hears, with all processes that it has.
 *
 * @throws Fault `unavailable` when they do not end
 */
export async function killServer(dataFolder: string, clock: Clock): Promise<void> {
  for (let waitedMs = 0; waitedMs < killMsMax; waitedMs += 100) {
    const left = await serversIn(dataFolder)
    if (left.length === 0) return
    for (const pid of left) signalQuietly(pid)
    await clock.sleep(100)
  }
  throw stillUsed(dataFolder)
}

/** One that waits for a disk ends only after the disk has answered. */
const killMsMax = 10_000

const stillUsed = (dataFolder: string) =>
  fault("unavailable", {
    say: `Processes of an earlier database server still use ${dataFolder}. End them, then start again.`,
  })

/** Not those that only happen to stand in the folder, such as somebody's shell. */
async function serversIn(dataFolder: string): Promise<number[]> {
  const pids = await processesIn(dataFolder)
  const names = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/comm`, "utf8").catch(() => "")),
  )
  return pids.filter((_, index) => names[index]?.trim() === "postgres")
}

async function processesIn(dataFolder: string): Promise<number[]> {
  const folder = await real(dataFolder)
  const found: number[] = []
  for (const name of await readdir("/proc")) {
    if (/^\d+$/.test(name) && (await worksIn(Number(name), folder))) found.push(Number(name))
  }
  return found
}

const pidFile = (dataFolder: string) => join(dataFolder, "postmaster.pid")
const real = (path: string) => realpath(path).catch(() => path)

/** False for a process that is gone, waits to be collected, or may not be looked at. */
async function worksIn(pid: number, folder: string): Promise<boolean> {
  return (await readlink(`/proc/${pid}/cwd`).catch(() => undefined)) === folder
}
