import { invariant } from "@vibecaas/kernel/fault"
import { type MasterKey, openDataKey } from "@vibecaas/kernel/seal"
import type { Ctx } from "../core/ctx.ts"
import { findDataKey } from "./queries.ts"

/**
 * The key that seals what the transaction's organization keeps secret.
 *
 * @throws Fault `seal_broken` when this server's master key is not the one that wrapped it
 */
export async function organizationKey(ctx: Ctx, master: MasterKey): Promise<MasterKey> {
  const wrapped = await findDataKey(ctx.db)
  invariant(wrapped, "every organization is made with a data key")
  return openDataKey(master, ctx.organizationId, wrapped)
}
