import { backoffMs } from "@vibecaas/kernel/backoff"
import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import type { DatabaseTrouble } from "../db/pulse.ts"

export interface JudgeParts {
  /** whether it is ours to start again */
  ours: boolean
  clock: Pick<Clock, "now">
  log: Log
  /** prints one line for people */
  tell(line: string): void
}

/** pulses that fail alike in a row before anything is done or said: a busy moment is no reason */
const failuresMax = 3
/** restarts without a good pulse in between, after which another is pointless */
const restartsMax = 5
const pauses = { delayMs: 30_000, delayMsMax: 600_000 }

/** Hears one pulse after another, says what changed, and answers whether to start the database again. */
export function judgePulses(parts: JudgeParts): (trouble: DatabaseTrouble | undefined) => boolean {
  const { clock, log, tell } = parts
  let failures = 0
  let lasting = false
  let restarts = 0
  let restartAt = 0
  let told: string | undefined
  const say = (sentence: string, trouble: DatabaseTrouble) => {
    if (told === sentence) return
    told = sentence
    log.error({ err: trouble.cause }, sentence)
    tell(sentence)
  }
  return (trouble) => {
    if (!trouble) {
      if (told !== undefined) tell("The database works again.")
      if (told !== undefined) log.info({}, "the database works again")
      told = undefined
      failures = restarts = restartAt = 0
      return false
    }
    failures = trouble.restartHelps === lasting ? 1 : failures + 1
    lasting = !trouble.restartHelps
    if (failures < failuresMax) return false
    const what = `The database does not work: ${trouble.say}.`
    if (!trouble.restartHelps || !parts.ours) {
      say(what, trouble)
      return false
    }
    if (restarts === restartsMax) {
      say(`${what} It was started again ${restarts} times; now it is left as it is.`, trouble)
      return false
    }
    if (clock.now().getTime() < restartAt) return false
    say(`${what} Starting it again.`, trouble)
    restarts += 1
    failures = 0
    restartAt = clock.now().getTime() + backoffMs(restarts, pauses)
    return true
  }
}
