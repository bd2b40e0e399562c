import type { Turn } from "@vibecaas/reconcile/loop"
import type { Ctx } from "../core/ctx.ts"
import { idIn, inTurn } from "../core/resource.ts"
import { announce } from "./announce.ts"
import type { AppRow } from "./app.ts"
import type { AppsParts } from "./parts.ts"
import { findApp, updateObserved } from "./queries.ts"

/** What a turn may write: what it observed, never what people want. */
export type Observation = Partial<
  Pick<
    AppRow,
    | "state"
    | "commit"
    | "port"
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

/** As `observe`, inside a turn's transaction that writes more. */
export async function observeIn(ctx: Ctx, turn: Turn, seen: Observation): Promise<void> {
  const before = await findApp(ctx.db, idIn<AppRow>(turn))
  if (!before) return
  const updatedAt = ctx.clock.now()
  await updateObserved(ctx.db, turn, { ...seen, updatedAt })
  announce(ctx, { ...before, ...seen, updatedAt })
}
