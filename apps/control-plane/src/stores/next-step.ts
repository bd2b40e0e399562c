import type { StoreStep } from "@vibecaas/contract/store-states"
import { type Rest, rest } from "../core/resource-loop.ts"
import { type StepRow, type StoreRow, stepsOf, type WorkRow } from "./store.ts"

/** What was seen of a store. */
export interface SeenStore {
  /** its organization is to go, and the store with it */
  ownerGoing: boolean
  /** administrators have shut its organization */
  closed: boolean
  /** what is done to it, with the steps that were begun */
  work: { row: WorkRow; steps: readonly StepRow[] } | undefined
  /** where it is in the queue: a place, let in, or in none */
  queue: number | "admitted" | undefined
  /** of its processes and its data, as the backend sees them */
  world: World
}

export interface World {
  /** anything of it is there */
  exists: boolean
  /** all processes listen and its database answers */
  well: boolean
  /** a process runs, or waits for its turn to */
  up: boolean
  /** a process is starting */
  starting: boolean
  /** a process waits for its turn to start */
  waiting: boolean
  /** all of it was ended on purpose, as an orderly end of the platform does: nothing is broken */
  resting: boolean
  /** a process ended by itself, and is not started again yet */
  ended: boolean
  /** what differs from what it was told last, in words */
  drift: readonly string[]
}

export type Step =
  /** the organization goes: so does the store */
  | { do: "follow" }
  /** stops whatever is done, and says that it is deleted */
  | { do: "begin-deleting" }
  | { do: "final-backup" }
  /** ends and removes all it has; keeps what is left, by name */
  | { do: "destroy" }
  /** removes the row of a store of which nothing is left */
  | { do: "remove" }
  /** writes its place in the queue */
  | { do: "record-queued"; position: number }
  /** writes that it left the queue, or needs none */
  | { do: "begin-work" }
  | { do: "cancel-work" }
  | { do: "time-out" }
  /** takes one step of the work; idempotent */
  | { do: "work"; step: StoreStep }
  /** the processes that a step started listen now */
  | { do: "end-step"; step: StoreStep }
  | { do: "finish-work" }
  /** stops its processes, keeps its data */
  | { do: "stop" }
  /** has it run as its plan and values say now */
  | { do: "apply" }
  /** starts what rests since the platform was ended in order, once it is its turn */
  | { do: "resume" }
  /** makes what changed without us as it was */
  | { do: "repair"; why: string }
  | { do: "give-up-repair" }
  | { do: "record-well" }
  | { do: "probe"; depth: "options" | "order" }
  | { do: "begin-backup" }
  /** its organization is open again: it starts as it was */
  | { do: "begin-start" }
  /** proves the newest backup */
  | { do: "begin-drill" }

/** How long making a store may take once it left the queue, in `ms`. */
export const provisionMsMax = 10 * 60_000
/** How often a place in the queue is looked at, in `ms`. */
const queueMs = 1000
/** How often processes that start are looked at, in `ms`. */
const startingMs = 200
/** How often a store asks for its turn to start, in `ms`. */
const turnMs = 1000
/** How often tearing down is tried again while something is left, in `ms`. */
const tearAgainMs = 5000
/** How often a store that runs is looked at although nothing was heard of it, in `ms`. */
export const lookAgainMs = 30_000
/** How often we see whether it could sell, in `ms`. */
export const probeEveryMs = 10 * 60_000
/** Repairs in a row that did not help before a person has to look. */
export const repairsMax = 6

/** How often a step is tried, and how long is waited before the second time, in `ms`. */
const patience: Readonly<Record<StoreStep, { triesMax: number; delayMs: number }>> = {
  prepare: { triesMax: 3, delayMs: 500 },
  migrate: { triesMax: 2, delayMs: 500 },
  seed: { triesMax: 2, delayMs: 500 },
  personalise: { triesMax: 2, delayMs: 500 },
  upgrade: { triesMax: 2, delayMs: 500 },
  start: { triesMax: 3, delayMs: 500 },
  check: { triesMax: 12, delayMs: 250 },
  order: { triesMax: 3, delayMs: 500 },
  backup: { triesMax: 2, delayMs: 500 },
  halt: { triesMax: 5, delayMs: 500 },
  restore: { triesMax: 2, delayMs: 500 },
  rehearse: { triesMax: 1, delayMs: 500 },
  clear: { triesMax: 5, delayMs: 500 },
  raise: { triesMax: 2, delayMs: 500 },
  prove: { triesMax: 6, delayMs: 500 },
  switch: { triesMax: 3, delayMs: 500 },
}

/** What failed for a reason that may pass by itself is tried more often than what a program refused, in tries. */
const passingTriesMax = 6

/** Whether a step that failed so often is tried again. @param passing why it failed may pass by itself */
export const isTriedAgain = (step: StoreStep, tries: number, passing: boolean) =>
  tries < Math.max(patience[step].triesMax, passing ? passingTriesMax : 0)

/** How long is waited before a step is tried again, in `ms`: ever longer, 4 seconds at most. */
export function waitMs(step: StoreStep, tries: number): number {
  return Math.min(4000, patience[step].delayMs * 2 ** Math.max(0, Math.min(tries, 8) - 1))
}

/**
 * The one next step from what is wanted, what is written and what was seen. It never asks which event
 * led here: whatever happened before, repeating steps brings the store to what is wanted.
 */
export function nextStep(row: StoreRow, seen: SeenStore, now: Date): Step | Rest {
  if (row.wanted === "gone") return stepToGone(row, seen, now)
  if (seen.ownerGoing) return { do: "follow" }
  if (seen.work) return stepOfWork(row, { ...seen, work: seen.work }, now)
  if (row.state === "failed") return rest(null)
  if (row.wanted === "stopped" || seen.closed)
    return row.state === "stopped" && !seen.world.up ? rest(null) : { do: "stop" }
  if (row.state === "stopped") return { do: "begin-start" }
  return stepOfRunning(row, seen, now)
}

function stepToGone(row: StoreRow, { world }: SeenStore, now: Date): Step | Rest {
  if (row.state !== "deleting") return { do: "begin-deleting" }
  if (row.finalBackup && world.exists) return { do: "final-backup" }
  if (row.tornAt === null) return { do: "destroy" }
  if (row.leftovers.length === 0 && !world.exists) return { do: "remove" }
  const sinceMs = now.getTime() - row.tornAt.getTime()
  if (sinceMs >= tearAgainMs) return { do: "destroy" }
  return { ...rest(tearAgainMs - sinceMs), mark: `left: ${row.leftovers.join(", ")}` }
}

type Working = SeenStore & { work: { row: WorkRow; steps: readonly StepRow[] } }

function stepOfWork(row: StoreRow, seen: Working, now: Date): Step | Rest {
  const { work, queue } = seen
  if (work.row.cancelWanted) return { do: "cancel-work" }
  if (work.row.startedAt === null) {
    if (typeof queue !== "number") return { do: "begin-work" }
    const isTold = row.state === "queued" && row.position === queue
    return isTold ? rest(queueMs) : { do: "record-queued", position: queue }
  }
  const workMs = now.getTime() - work.row.startedAt.getTime()
  if (work.row.work === "provision" && workMs >= provisionMsMax) return { do: "time-out" }
  const step = stepsOf(work.row).find((name) => !isDone(work.steps, name))
  if (step === undefined) return { do: "finish-work" }
  return stepOf(step, seen, now)
}

const isDone = (steps: readonly StepRow[], name: StoreStep) =>
  steps.some(({ step, done }) => step === name && done)

function stepOf(step: StoreStep, { work, world }: Working, now: Date): Step | Rest {
  const begun = work.steps.find((each) => each.step === step)
  const mark = `${work.row.id} ${step} ${begun?.tries ?? 0}`
  if (!begun) return { do: "work", step }
  if (begun.endedAt) {
    const leftMs = begun.endedAt.getTime() + waitMs(step, begun.tries) - now.getTime()
    return leftMs > 0 ? { ...rest(leftMs), mark } : { do: "work", step }
  }
  // Only a start goes on by itself after its step was taken; of another one, its process died.
  if (step !== "start") return { do: "work", step }
  if (world.well) return { do: "end-step", step }
  return world.starting && !world.ended ? { ...rest(startingMs), mark } : { do: "work", step }
}

function stepOfRunning(row: StoreRow, { world }: SeenStore, now: Date): Step | Rest {
  if (row.settingsApplied < row.settingsWanted) return { do: "apply" }
  if (world.resting || world.waiting) return stepToResume(row, world, now)
  if (!world.well || world.drift.length > 0) return stepToRepair(row, world, now)
  if (row.repairs > 0) return { do: "record-well" }
  if (row.probed < row.probeWanted) return { do: "probe", depth: "order" }
  const sinceMs = (at: Date | null) =>
    at ? now.getTime() - at.getTime() : Number.POSITIVE_INFINITY
  const backupMs = (row.backupEveryHours ?? Number.POSITIVE_INFINITY) * 3_600_000
  if (sinceMs(row.backedUpAt ?? row.createdAt) >= backupMs) return { do: "begin-backup" }
  const drillMs = (row.drillEveryDays ?? Number.POSITIVE_INFINITY) * 24 * 3_600_000
  if (sinceMs(row.drilledAt ?? row.createdAt) >= drillMs) return { do: "begin-drill" }
  if (sinceMs(row.probedAt) >= probeEveryMs) return { do: "probe", depth: "options" }
  return rest(lookAgainMs)
}

/** Who waits for its turn to start has to ask again for it. */
function stepToResume(row: StoreRow, { waiting }: World, now: Date): Step | Rest {
  const leftMs = (row.repairedAt?.getTime() ?? 0) + turnMs - now.getTime()
  return waiting && leftMs > 0 ? rest(leftMs) : { do: "resume" }
}

/** Each repair is waited for, longer each time, before there is another. */
function stepToRepair(row: StoreRow, world: World, now: Date): Step | Rest {
  const waitedMs = row.repairedAt
    ? now.getTime() - row.repairedAt.getTime()
    : Number.MAX_SAFE_INTEGER
  const wantMs = row.repairs === 0 ? 0 : Math.min(30_000, 1000 * 2 ** row.repairs)
  if (waitedMs < wantMs) return rest(Math.min(500, wantMs - waitedMs))
  if (row.repairs >= repairsMax) return { do: "give-up-repair" }
  const why =
    world.drift[0] ?? (world.exists ? "a process of it had ended" : "nothing of it was there")
  return { do: "repair", why }
}
