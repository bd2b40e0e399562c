import { candidatesCount } from "@vibecaas/contract/candidates-count"

/** The model of each candidate; null: as the roles are set. One alone is an ordinary run. */
export type Candidates = readonly (string | null)[]

export const oneRun: Candidates = [null]

/** What the API takes; nothing of an ordinary run. */
export const candidatesOf = (candidates: Candidates) =>
  candidates.length < candidatesCount.min ? undefined : candidates.map((model) => ({ model }))
