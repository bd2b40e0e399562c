import type { IdOf } from "@vibecaas/contract/kinds"
import type { Ctx } from "../core/ctx.ts"
import { emit } from "../core/emit.ts"

/** Says that a key is not as it was; what it is like is read by whoever may. */
export const tellKey = (ctx: Ctx, id: IdOf<"api_key">) =>
  emit(ctx, { kind: "api_key.changed", about: {}, id, data: { id } })
