import { readdirSync, readFileSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import type { Platform } from "./platform.ts"

/** Process ids of the children of a process, from /proc. */
export function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
      .split(" ")
      .filter(Boolean)
      .map(Number)
  } catch {
    return []
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
  } catch {
    return ""
  }
}

/** The server process: the child of the supervisor that serves the port. */
export function serverPid(platform: Platform): number | undefined {
  return childrenOf(platform.process().pid ?? 0).find((pid) =>
    commandOf(pid).includes("main/server.ts"),
  )
}

/** The main process of the platform's own PostgreSQL. */
export function postgresPid(platform: Platform): number {
  const file = `${platform.dataDir}/postgres/cluster/postmaster.pid`
  return Number(readFileSync(file, "utf8").split("\n")[0])
}

/** A process that has ended but was not reaped yet is not alive. */
export function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, "utf8"))
  } catch {
    return false
  }
}

/** Ends the server process at once, as a crash does, and waits until it is gone. */
export async function killServer(platform: Platform): Promise<void> {
  const pid = serverPid(platform)
  if (pid === undefined) return
  process.kill(pid, "SIGKILL")
  while (isAlive(pid)) await sleep(5)
}

/** Waits until calls are answered again. */
export async function untilReady(platform: Platform, seconds = 20): Promise<void> {
  for (let tries = 0; tries < seconds * 20; tries++) {
    const answer = await fetch(`http://127.0.0.1:${platform.port}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await sleep(50)
  }
  throw new Error(`the platform was not ready again within ${seconds} s:\n${platform.output()}`)
}

/** Living processes of a store: each carries its id in the environment it was started with. */
export function programsOfStore(storeId: string): number[] {
  const pids = readdirSync("/proc").map(Number).filter(Number.isInteger)
  return pids.filter((pid) => isAlive(pid) && environmentOf(pid).includes(`=${storeId}.`))
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8")
  } catch {
    return ""
  }
}
