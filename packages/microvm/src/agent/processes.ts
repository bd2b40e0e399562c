import { readdirSync, readFileSync, writeFileSync } from "node:fs"

/**
 * Ends every process of the sessions that we started for one command or app, also those that left
 * their parent, and those that opened a session of their own but kept our mark in the environment.
 *
 * Stopped first, so that a fork bomb cannot outrun the killing.
 */
export function endProcesses(sessionId: number, mark: string): void {
  for (let round = 0; round < 50; round++) {
    const found = processesOf(sessionId, mark)
    if (found.length === 0) return
    for (const pid of found) signal(pid, "SIGSTOP")
    for (const pid of found) signal(pid, "SIGKILL")
  }
}

/** Makes the same processes stand still, also those they started meanwhile; answers which. */
export function stopProcesses(sessionId: number, mark: string): Set<number> {
  const still = new Set<number>()
  for (let round = 0; round < 50; round++) {
    const found = processesOf(sessionId, mark).filter((pid) => !still.has(pid))
    if (found.length === 0) break
    for (const pid of found) {
      signal(pid, "SIGSTOP")
      still.add(pid)
    }
  }
  return still
}

/**
 * A mark for one command or start. Where machines see each other's processes, those of one user may be killed by
 * another machine's agent: the mark names its own.
 */
export const markOf = (what: string) => `${what}-of-${process.pid}`

/** A killed app should die of memory pressure before the agent does. */
export function preferAsVictim(pid: number): void {
  attempt(() => writeFileSync(`/proc/${pid}/oom_score_adj`, "800"))
}

function processesOf(sessionId: number, mark: string): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 1 && pid !== process.pid && belongs(pid, sessionId, mark))
}

function belongs(pid: number, sessionId: number, mark: string): boolean {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, "latin1"))
  if (stat === undefined) return false
  // The name in parentheses may hold anything; the fields behind it are numbers.
  const [state, , , session] = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  if (state === "Z" || state === "X") return false
  if (Number(session) === sessionId) return true
  const environment = attempt(() => readFileSync(`/proc/${pid}/environ`, "latin1"))
  return environment?.split("\0").includes(`VM_PROCESS=${mark}`) ?? false
}

export function signal(pid: number, name: NodeJS.Signals): void {
  attempt(() => process.kill(pid, name))
}

/** Processes come and go while we look: a failure means there is nothing to do. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
