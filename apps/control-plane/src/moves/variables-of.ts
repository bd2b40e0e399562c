import type { IdOf } from "@vibecaas/contract/kinds"
import { and, eq } from "drizzle-orm"
import type { Ctx } from "../core/ctx.ts"
import { apps } from "../db/tables/apps.ts"

/** Variables of a project's live app, as people set them. */
export async function variablesOf(
  ctx: Ctx,
  projectId: IdOf<"project">,
): Promise<Record<string, string>> {
  const [row] = await ctx.db.orm
    .select({ environment: apps.environment })
    .from(apps)
    .where(and(eq(apps.projectId, projectId), eq(apps.purpose, "live")))
    .limit(1)
  return row?.environment ?? {}
}
