import type { ScriptOutcome } from "@vibecaas/stores/run-script"
import type { Ctx } from "../core/ctx.ts"
import { insertProbe } from "./queries/history.ts"
import type { StoreRow } from "./store.ts"
import type { StoresParts } from "./stores-parts.ts"

/** Writes down how far a test order came. */
export async function writeProbe(
  ctx: Ctx,
  parts: Pick<StoresParts, "resource">,
  probe: { row: StoreRow; depth: "options" | "order"; outcome: ScriptOutcome },
): Promise<void> {
  const { row, depth, outcome } = probe
  await insertProbe(ctx.db, {
    ...{ organizationId: ctx.organizationId, storeId: row.id, at: ctx.clock.now(), depth },
    ...{ ok: outcome.ok, elapsedMs: Math.round(outcome.ms), say: inWords(depth, outcome) },
  })
  parts.resource.tell(ctx, row)
}

function inWords(depth: "options" | "order", outcome: ScriptOutcome): string {
  const { ok, order, failed } = outcome
  if (ok && depth === "options") return "Products, shipping and payment can be chosen"
  if (ok) return order ? `Order ${order} was placed, found and cancelled` : "An order went through"
  return failed ? `${failed.step}: ${failed.say}`.slice(0, 500) : "No answer"
}
