import type { IdOf } from "@vibecaas/contract/kinds"
import type { MasterKey } from "@vibecaas/kernel/seal"
import { and, eq } from "drizzle-orm"
import type { Ctx } from "../../core/ctx.ts"
import { projectAi } from "../../db/tables/ai.ts"
import { organizationKey } from "../../tenants/index.ts"
import { newSecret } from "../keys.ts"

/** Gives a project's app another key to models: what it has is not sealed for the transaction's organization. */
export async function renewAiSecret(
  ctx: Ctx,
  masterKey: MasterKey,
  projectId: IdOf<"project">,
): Promise<void> {
  const sealedSecret = newSecret(await organizationKey(ctx, masterKey), projectId)
  const on = and(eq(projectAi.projectId, projectId), eq(projectAi.enabled, true))
  await ctx.db.orm.update(projectAi).set({ sealedSecret }).where(on)
}
