import type { StoreStep } from "@vibecaas/contract/store-states"
import type { Turn } from "@vibecaas/reconcile/loop"
import type { StoreSeen } from "@vibecaas/stores/backend"
import type { FailureEvidence } from "@vibecaas/stores/failures"
import type { SeenStore } from "./next-step.ts"
import type { StoreRow, WorkRow } from "./store.ts"
import type { StoresParts } from "./stores-parts.ts"

/** What a turn saw of a store. */
export interface Seen extends SeenStore {
  there: StoreSeen
}

/** What a step of a work is taken with. */
export interface Taking {
  parts: StoresParts
  turn: Turn
  row: StoreRow
  work: WorkRow
  /** as the store was seen right before */
  there: StoreSeen
}

/** How a try of a step ended; `under-way`: it goes on by itself, and is looked at again. */
export type Tried =
  | { how: "done"; note?: string }
  | { how: "under-way" }
  | { how: "failed"; evidence: FailureEvidence }

export const doneWith = (note?: string): Tried => ({
  how: "done",
  ...(note === undefined ? {} : { note }),
})

export const failedAt = (step: StoreStep, evidence: Omit<FailureEvidence, "step">): Tried => ({
  how: "failed",
  evidence: { ...evidence, step: classifiedAs[step] },
})

/** All of its processes listen, and its data are there. */
export function isWell({ exists, processes, datastore }: StoreSeen): boolean {
  if (!exists || datastore.state !== "ready" || processes.length === 0) return false
  return processes.every(({ state }) => state === "listening")
}

/** Our steps as the classifier calls them. */
const classifiedAs = {
  ...{ prepare: "prepare", migrate: "migrate", seed: "seed", personalise: "personalise" },
  ...{ upgrade: "upgrade", start: "start", check: "ready", order: "order", backup: "backup" },
  ...{ halt: "start", restore: "restore", rehearse: "restore", clear: "start" },
  ...{ raise: "start", prove: "order", switch: "start" },
} as const satisfies Record<StoreStep, FailureEvidence["step"]>
