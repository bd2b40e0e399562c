import type { EventRow, NewRecord } from "./queries.ts"

/**
 * What a transaction will say when it commits: to the audit, to the live stream and to the loops.
 *
 * All of it is written by a few statements right before the commit, so nothing is heard of what did
 * not happen, and what changed five times is told once, as it is in the end.
 */
export interface Outbox {
  records: NewRecord[]
  events: EventRow[]
  /** loops to wake, by loop and id */
  wakes: Map<string, { loop: string; id: string }>
  /** what follows from what was written, by name: worked out before anything is told */
  derivations: Map<string, () => Promise<void>>
  /** how to tell what changed, by the name of the change */
  changes: Map<string, () => Promise<void>>
}

export const emptyOutbox = (): Outbox => ({
  records: [],
  events: [],
  wakes: new Map(),
  derivations: new Map(),
  changes: new Map(),
})
