import { bestEffort } from "@vibecaas/kernel/log"
import type { Turn } from "@vibecaas/reconcile/loop"
import { actAsPlatform } from "../core/resource.ts"
import type { AppRow } from "./app.ts"
import { failRelease, goBack } from "./go-back.ts"
import { restartLimits, type Target } from "./next-step.ts"
import { type Observation, observe } from "./observe.ts"
import type { AppsParts } from "./parts.ts"
import { beginRelease } from "./queries.ts"

const logLinesMax = 60

interface Waiting {
  row: AppRow
  turn: Turn
}

/**
 * Begins to install and build what a commit needs, apart from the app's machine and from this turn:
 * both may take minutes. What runs goes on meanwhile; the app is woken at the end.
 */
export async function beginPreparing(
  parts: AppsParts,
  { row, turn }: Waiting,
  { doing, ...target }: Target & { doing: string },
): Promise<void> {
  await recordPreparing(parts, { row, turn }, doing)
  const wake = () =>
    void bestEffort(parts.log, "wake an app whose packages are there", () =>
      actAsPlatform(parts, row, async (ctx) => ctx.wake("apps", row.id)),
    )
  parts.packages.begin({ projectId: row.projectId, ...neededFor(target) }, wake)
}

/** A dev server takes files as they are. */
export const neededFor = ({ commit, script }: Target) => ({ commit, built: script === "start" })

export function recordPreparing(
  parts: AppsParts,
  { row, turn }: Waiting,
  doing: string,
): Promise<void> {
  return observe(parts, turn, { ...asStarting(row), doing })
}

/** What ended before is starting now; what runs goes on as it is. */
const asStarting = ({ state }: AppRow): Observation =>
  state === "running" || state === "starting"
    ? {}
    : { state: "starting", startedAt: null, exitCode: null, failure: null, logTail: [] }

/** It does not start: what ran well before goes on, or people read why nothing runs. */
export async function recordUnprepared(
  parts: AppsParts,
  { row, turn }: Waiting,
  { why, log, ...target }: Target & { why: string; log: string },
): Promise<void> {
  const { commit, script } = target
  parts.packages.forget({ projectId: row.projectId, ...neededFor(target) })
  const logTail = log.trimEnd().split("\n").slice(-logLinesMax)
  const isNew = commit === row.commitWanted && commit !== row.commitProved
  if (isNew && row.commitProved !== null) {
    return goBack(parts, { row, turn }, { why, doing: null, logTail })
  }
  await observe(parts, turn, {
    ...{ state: "crashed", phase: "settled", commit, script, doing: null },
    ...{ failure: why, logTail },
    endedAt: parts.clock.now(),
    restarts: restartLimits.restartsMax,
    also: async (ctx) => {
      await beginRelease(ctx.db, row, { commit, now: ctx.clock.now() })
      await failRelease(ctx, row.id, why)
    },
  })
}
