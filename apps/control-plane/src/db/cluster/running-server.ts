import { readdir, readFile, readlink, realpath, rm } from "node:fs/promises"
import { join } from "node:path"

/** A server that runs on a data directory, as its `postmaster.pid` tells. */
export interface RunningServer {
  pid: number
  port: number
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
  return { pid, port }
}

/**
 * Removes the `postmaster.pid` of a dead server, whose number another program may have now;
 * PostgreSQL would refuse to start. Answers false, and removes nothing, while processes of the
 * dead server still live: they could write to the data after a new server has begun to.
 */
export async function forgetDeadServer(dataFolder: string): Promise<boolean> {
  const folder = await real(dataFolder)
  const numbers = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number)
  for (const pid of numbers) {
    if (await worksIn(pid, folder)) return false
  }
  await rm(pidFile(dataFolder), { force: true })
  return true
}

const pidFile = (dataFolder: string) => join(dataFolder, "postmaster.pid")
const real = (path: string) => realpath(path).catch(() => path)

/** False for a process that is gone, waits to be collected, or may not be looked at. */
async function worksIn(pid: number, folder: string): Promise<boolean> {
  return (await readlink(`/proc/${pid}/cwd`).catch(() => undefined)) === folder
}
