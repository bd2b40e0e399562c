import type { Turn } from "@vibecaas/reconcile/loop"
import type { Ctx } from "../core/ctx.ts"
import { idIn, inTurn, observe as observeRow } from "../core/resource.ts"
import type { AppRow } from "./app.ts"
import { appResource } from "./app-resource.ts"
import { keepsWaiting, openGates } from "./gate-passes.ts"
import type { AppsParts } from "./parts.ts"
import { updateApp } from "./queries.ts"

/** What a turn may write: what it observed, never what people want. */
export type Observation = Partial<
  Pick<
    AppRow,
    | "state"
    | "commit"
    | "script"
    | "commitProved"
    | "commitRefused"
    | "phase"
    | "snapshot"
    | "restoreDone"
    | "restoring"
    | "port"
    | "doing"
    | "settingsApplied"
    | "secretsApplied"
    | "exitCode"
    | "restarts"
    | "startedAt"
    | "endedAt"
    | "failure"
    | "logTail"
  >
>

/**
 * Writes what a turn saw in one short transaction, and tells it.
 *
 * @param also what else is written with it
 * @throws Fault `lease_lost`
 */
export function observe(
  parts: AppsParts,
  turn: Turn,
  seen: Observation & { also?: (ctx: Ctx) => Promise<void> },
): Promise<void> {
  const { also, ...set } = seen
  return inTurn(parts, turn, async (ctx) => {
    await observeIn(ctx, turn, set)
    await also?.(ctx)
  })
}

/** As `observe`, inside a turn's transaction that writes more. Visitors who waited are let in with it. */
export async function observeIn(ctx: Ctx, turn: Turn, set: Observation): Promise<void> {
  let opens: AppRow["projectId"] | undefined
  await observeRow<AppRow, Observation>(ctx, appResource, {
    turn,
    set,
    check: (before) => {
      if (keepsWaiting(before) && !keepsWaiting({ ...before, ...set })) opens = before.projectId
    },
    write: (seen) => updateApp(ctx.db, idIn<AppRow>(turn), seen),
  })
  if (opens) await openGates(ctx.db, opens)
}
