import { fault, isFault } from "@vibecaas/kernel/fault"
import { minutes } from "./next.ts"

/** What a key may cost before its loop gives up. */
export interface Limits {
  /** turns that throw or end their process, one after the other; default 10 */
  triesMax: number
  /** one turn, in `ms`: it is aborted, its key given to others, and it counts as a try; default 10 minutes */
  turnMsMax: number
  /** from the first turn that answers `working` to one that answers otherwise, in `ms`; default 1 hour */
  workMsMax: number
  /** `working` with the same mark, in `ms`; default 30 minutes */
  stuckMsMax: number
}

/** No loop is without: what never ends would never be seen to fail. */
export function limitsOf(limits: Partial<Limits> = {}): Limits {
  return {
    triesMax: 10,
    turnMsMax: minutes(10),
    workMsMax: minutes(60),
    stuckMsMax: minutes(30),
    ...limits,
  }
}

/** Why a loop gives up: `hopeless` is a fault that trying again cannot mend. */
export type Cause = "tries" | "hopeless" | "work" | "stuck"

export interface Verdict {
  cause: Cause
  /** what the last turn threw; for `work` and `stuck` of a turn that did not, a fault that says so */
  error: unknown
  /** turns that failed, one after the other */
  failures: number
}

/** How long a key's work is under way, in `ms`, and what it had reached for how long. */
export interface Progress {
  workMs: number
  mark: string
  markMs: number
}

/** After a turn that threw: whether its key is to be given up. `failures` counts that turn. */
export function verdictOnFailure(
  limits: Limits,
  { error, failures, progress }: Omit<Verdict, "cause"> & { progress: Progress | undefined },
): Verdict | undefined {
  const because = (cause: Cause): Verdict => ({ cause, error, failures })
  if (isFault(error) && !error.retryable) return because("hopeless")
  if (failures >= limits.triesMax) return because("tries")
  if (progress && progress.workMs >= limits.workMsMax) return because("work")
  if (progress && progress.markMs >= limits.stuckMsMax) return because("stuck")
  return undefined
}

/** What a turn failed with that had no chance to say how it ended. */
export const holderLost = fault("holder_lost", {
  say: "The process that worked on it ended, or stood still for too long.",
  retryable: true,
})

/** Before a turn: what ended its process so often is not begun again. */
export function verdictOnLosses(
  { triesMax }: Limits,
  { failures, losses }: { failures: number; losses: number },
): Verdict | undefined {
  if (losses === 0 || failures < triesMax) return undefined
  return { cause: "tries", error: holderLost, failures }
}

/** After a turn that answered `working`: whether that has lasted too long. */
export function verdictOnWork(
  limits: Limits,
  { progress, failures }: { progress: Progress; failures: number },
): Verdict | undefined {
  if (progress.workMs >= limits.workMsMax) {
    const say = `It took longer than ${inWords(limits.workMsMax)} and was stopped.`
    return { cause: "work", error: fault("work_too_long", { say }), failures: failures + 1 }
  }
  if (progress.markMs >= limits.stuckMsMax) {
    const say = `Nothing has moved for ${inWords(limits.stuckMsMax)}, so it was stopped.`
    const error = fault("work_stuck", { say, note: `at ${progress.mark}` })
    return { cause: "stuck", error, failures: failures + 1 }
  }
  return undefined
}

/** `afterMs`, or sooner when a limit is reached before. */
export function soonEnough(limits: Limits, progress: Progress, afterMs: number): number {
  const workMs = limits.workMsMax - progress.workMs
  const stuckMs = limits.stuckMsMax - progress.markMs
  return Math.max(0, Math.min(afterMs, workMs, stuckMs))
}

function inWords(ms: number): string {
  if (ms < 120_000) return `${Math.round(ms / 1000)} seconds`
  return `${Math.round(ms / 60_000)} minutes`
}

/** What a person who runs the platform reads: of an error no more than its first line. */
export function faultInWords(error: unknown): string {
  if (isFault(error)) return `${error.code}: ${error.say}`
  const [line = ""] = String(error).split("\n")
  return line.slice(0, 300)
}
