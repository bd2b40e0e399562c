import type { LoopStatus } from "@vibecaas/contract/kinds/platform"
import { count } from "../ui/format.ts"
import type { StateLook } from "../ui/state.tsx"

export type FailingKey = LoopStatus["failingLongest"][number] & { loop: string }

/** how long an object may be due before its loop counts as behind, in `ms` */
const behindMs = 60_000

/** How a loop is, the most urgent first. */
export function loopLook(loop: LoopStatus, now: number): StateLook {
  if (loop.failingLongest.some(({ gaveUp }) => gaveUp)) return { glyph: "bad", word: "Needs you" }
  if (loop.failing > 0) return { glyph: "warn", word: "Failing" }
  if (loop.oldestDueAt && now - Date.parse(loop.oldestDueAt) > behindMs)
    return { glyph: "warn", word: "Behind" }
  if (loop.running.length > 0) return { glyph: "busy", word: "At work" }
  if (loop.due > 0) return { glyph: "wait", word: "Waiting" }
  return { glyph: "done", word: "At rest" }
}

/** All loops in a sentence, and how many objects fail. */
export function healthOf(
  loops: readonly LoopStatus[],
): StateLook & { sentence: string; failing: number } {
  const sum = (of: (loop: LoopStatus) => number) => loops.reduce((all, loop) => all + of(loop), 0)
  const failing = sum((loop) => loop.failing)
  const busy = sum((loop) => loop.running.length + loop.due)
  if (failing > 0) {
    const word = count(failing, "object fails", "objects fail")
    const sentence = "The rest is brought to what was asked for as ever."
    return { glyph: "warn", word, sentence, failing }
  }
  if (busy > 0) {
    const sentence = "Nothing fails or waits for a person."
    return { glyph: "busy", word: "At work", sentence, failing }
  }
  const sentence = "All is as it was asked for. Loops look again by themselves."
  return { glyph: "done", word: "Everything at rest", sentence, failing }
}

/** Those that fail, longest first, narrowed to what is looked for. */
export function failingKeys(
  loops: readonly LoopStatus[],
  wanted: { loop: string | undefined; search: string; onlyGivenUp: boolean },
): FailingKey[] {
  const search = wanted.search.toLowerCase()
  return loops
    .filter(({ name }) => wanted.loop === undefined || name === wanted.loop)
    .flatMap(({ name, failingLongest }) => failingLongest.map((key) => ({ ...key, loop: name })))
    .filter(({ gaveUp }) => gaveUp || !wanted.onlyGivenUp)
    .filter((key) => `${key.id} ${key.organizationId} ${key.fault}`.toLowerCase().includes(search))
    .sort((a, b) => a.since.localeCompare(b.since))
}

const causes: Record<NonNullable<FailingKey["cause"]>, string> = {
  tries: "It failed as often as it may.",
  hopeless: "Trying again cannot mend it.",
  work: "It took longer than it may.",
  stuck: "It made no progress for too long.",
}

/** What becomes of a failing object by itself. */
export function nextWords({ gaveUp, cause, failures }: FailingKey): StateLook & { why: string } {
  const tries = count(failures, "failed turn")
  if (!gaveUp) return { glyph: "busy", word: "Tried again", why: tries }
  return { glyph: "bad", word: "Given up", why: cause ? causes[cause] : tries }
}

/** A fault's code, for who looks it up, and its sentence. */
export function faultParts(fault: string): { code: string | undefined; sentence: string } {
  const [, code, sentence = fault] = /^([a-z_]+): (.+)$/s.exec(fault) ?? []
  return { code, sentence }
}
