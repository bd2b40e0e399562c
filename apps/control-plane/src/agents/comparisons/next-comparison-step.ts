import type { ComparisonState } from "@vibecaas/contract/comparison"
import type { IdOf } from "@vibecaas/contract/kinds"
import { type Rest, rest } from "../../core/resource-loop.ts"
import type { RunRow } from "../run.ts"
import { unfinishedRunStates } from "../run.ts"
import { type ComparisonRow, isProved } from "./comparison.ts"

export type Candidate = Pick<
  RunRow,
  "id" | "number" | "state" | "wanted" | "provedAt" | "chosen" | "commit" | "failure"
>

/** What a comparison's next step depends on beside its row. */
export interface SeenComparison {
  candidates: readonly Candidate[]
  /** the project's newest commit; read only while one is promoted */
  head: string | null
  /** the commit of the live app that ran well last */
  live: string | null
  /** its project is to go, and its rows with it */
  going: boolean
}

export type ComparisonStep =
  | { do: "observe"; state: "running" | "deciding" }
  /** these candidates are to stop, and say why */
  | { do: "stop"; ids: IdOf<"run">[]; why: string }
  /** the project's files become the chosen candidate's */
  | { do: "bring"; from: string | null; commit: string }
  /** the chosen candidate may take the live app's place */
  | { do: "release"; id: IdOf<"run"> }
  /** the project's files become what they were before */
  | { do: "take-back"; from: string; commit: string | null }
  /** another may be chosen */
  | { do: "unchoose"; why: string }
  | { do: "finish"; state: "promoted" | "failed" | "cancelled"; failure: string | null }
  /** removes its row and lets go of the project */
  | { do: "tear-down" }

/** How often it is looked at whether candidates that are to go or to stop did, in `ms`: a wake can be lost. */
const againMs = 2000

const ended: readonly ComparisonState[] = ["promoted", "failed", "cancelled"]
const isUnfinished = ({ state }: Candidate) => unfinishedRunStates.includes(state)

export function nextComparisonStep(
  row: ComparisonRow,
  seen: SeenComparison,
): ComparisonStep | Rest {
  const { candidates, going } = seen
  // Candidates hear of it themselves.
  if (going) return candidates.length === 0 ? { do: "tear-down" } : rest(againMs)
  if (ended.includes(row.state)) return rest(null)
  if (row.chosen !== null) return stepOfPromotion(row, seen)
  if (row.wanted === "cancelled") {
    const end = { do: "finish", state: "cancelled", failure: null } as const
    return stepOfStop(candidates, "The comparison was cancelled.") ?? end
  }
  return stepOfWork(row, candidates)
}

function stepOfWork(row: ComparisonRow, candidates: readonly Candidate[]): ComparisonStep | Rest {
  const open = candidates.filter(isUnfinished)
  if (open.length === 0) {
    const failure = row.failure ?? "No candidate has anything that could be promoted."
    return { do: "finish", state: "failed", failure }
  }
  const state = open.every(isProved) ? "deciding" : "running"
  return row.state === state ? rest(null) : { do: "observe", state }
}

/** Ends candidates; nothing once all have ended. */
function stepOfStop(
  candidates: readonly Candidate[],
  why: string,
): ComparisonStep | Rest | undefined {
  const open = candidates.filter(isUnfinished)
  const ids = open.filter(({ wanted }) => wanted !== "cancelled").map(({ id }) => id)
  if (ids.length > 0) return { do: "stop", ids, why }
  return open.length > 0 ? { ...rest(againMs), mark: `stopping ${open.length}` } : undefined
}

/** The others end only once people have the chosen one: until then another can be chosen. */
function stepOfPromotion(row: ComparisonRow, seen: SeenComparison): ComparisonStep | Rest {
  const { candidates, head } = seen
  const one = candidates.find(({ id }) => id === row.chosen)
  const commit = one?.commit
  if (!one || !commit) return { do: "unchoose", why: "What was chosen is gone." }
  if (isUnfinished(one)) {
    if (one.chosen) return rest(null)
    const stale = staleWords(row, { ...seen, commit })
    if (stale !== undefined) return { do: "unchoose", why: stale }
    return head === commit ? { do: "release", id: one.id } : { do: "bring", from: row.base, commit }
  }
  if (one.state === "succeeded" || one.state === "partly") {
    const others = candidates.filter(({ id }) => id !== one.id)
    const end = { do: "finish", state: "promoted", failure: null } as const
    return stepOfStop(others, `Run ${one.number} was promoted in its place.`) ?? end
  }
  if (head === commit && head !== row.base) {
    return { do: "take-back", from: commit, commit: row.base }
  }
  return { do: "unchoose", why: one.failure ?? "It ended before it was promoted." }
}

/** Why a candidate would undo what others did since the comparison began, in words; else undefined. */
export function staleWords(
  { base, liveBefore }: Pick<ComparisonRow, "base" | "liveBefore">,
  now: { head: string | null; live: string | null; commit: string },
): string | undefined {
  const instead = "Promoting a candidate would undo that. Cancel the comparison and ask again."
  if (now.head !== base && now.head !== now.commit) {
    return `The project’s files changed after the comparison began. ${instead}`
  }
  if (now.live === liveBefore) return undefined
  return `Another version went live after the comparison began. ${instead}`
}
