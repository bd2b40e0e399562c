import type { UsedTokens } from "../models/cost.ts"
import type { StepRow } from "../step.ts"
import type { Measured } from "./ask-patiently.ts"
import { storable } from "./storable.ts"

/** Names a call within its task: deterministic, so that a replay asks for the same names. */
export interface CallName {
  kind: StepRow["kind"]
  name: string
  tryNumber: number
  callKey: string
}

/** What came of a call. */
export interface CallResult {
  /** one line for people: what was done */
  title: string
  ok: boolean
  input: unknown
  output: unknown
  truncated?: boolean
  /** what the call changed in the project's files */
  changed?: { commit: string; linesAdded: number; linesRemoved: number }
  spent?: Spent
  /** how a model was asked, and whose */
  measured?: Measured & { provider: string }
  /** how much of the time was spent waiting for somebody else's server to come back, in `ms` */
  waitedMs?: number
}

/** What an answer of a model used. */
export interface Spent extends UsedTokens {
  /** the model did not say how many */
  estimated: boolean
  /** nobody charges for them */
  simulated: boolean
  /** in millionths of a US dollar; null when the price, or the number of tokens, is not known */
  cost: number | null
}

/** What a row says to whoever replays it. */
export type RecordedCall = Pick<StepRow, "name" | "ok" | "input" | "output" | "title">

/** A call that ended, on its way into a row. */
export interface EndedCall extends CallName, CallResult {
  startedAt: Date
  /** without the time it waited */
  durationMs: number
}

/**
 * What a task's calls answered. A call whose row is there is not made again: its recorded answer is
 * taken. A call that was under way when a process died has no row, and is made again.
 */
export interface Journal {
  /** Answers the recorded call, or makes it and records how it ended. */
  once(call: CallName, make: () => Promise<CallResult>): Promise<RecordedCall>
  find(call: CallName): RecordedCall | undefined
  /** the newest recorded call that `wanted` accepts */
  newest(wanted: (call: RecordedCall) => boolean): RecordedCall | undefined
  /** the newest recorded call that `begin` accepts and all after it; all when there is none */
  since(begin: (call: RecordedCall) => boolean): RecordedCall[]
  /** the newest commit that a recorded call of the task made */
  newestCommit(): string | null
}

export interface JournalParts {
  recorded: readonly StepRow[]
  now: () => Date
  /** writes the row, and everything that follows from it, in one transaction */
  write: (call: EndedCall) => Promise<void>
}

export function makeJournal({ recorded, now, write }: JournalParts): Journal {
  const calls = new Map<string, RecordedCall>(recorded.map((row) => [keyOf(row), row]))
  let newest = recorded.findLast(({ commitAfter }) => commitAfter)?.commitAfter ?? null
  return {
    find: (call) => calls.get(keyOf(call)),
    newest: (wanted) => [...calls.values()].findLast(wanted),
    since: (begin) => {
      const all = [...calls.values()]
      return all.slice(Math.max(0, all.findLastIndex(begin)))
    },
    newestCommit: () => newest,
    async once(call, make) {
      const known = calls.get(keyOf(call))
      if (known) return known
      const startedAt = now()
      const result = await make()
      const durationMs = now().getTime() - startedAt.getTime() - (result.waitedMs ?? 0)
      const { input, output } = result
      const ended = { ...call, ...result, ...storable({ input, output }), startedAt, durationMs }
      await write(ended)
      calls.set(keyOf(call), ended)
      newest = result.changed?.commit ?? newest
      return ended
    },
  }
}

const keyOf = ({ tryNumber, callKey }: { tryNumber: number; callKey: string }) =>
  `${tryNumber}/${callKey}`
