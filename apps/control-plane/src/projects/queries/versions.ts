import type { IdOf } from "@vibecaas/contract/kinds"
import { and, eq, inArray } from "drizzle-orm"
import type { Ctx } from "../../core/ctx.ts"
import { projectVersions } from "../../db/tables/projects.ts"
import type { Tx } from "../../db/tenant.ts"

export type VersionRow = Pick<
  typeof projectVersions.$inferSelect,
  "projectId" | "commit" | "base" | "kind" | "of"
>

export async function insertVersion(
  { db, organizationId, clock }: Pick<Ctx, "db" | "organizationId" | "clock">,
  row: VersionRow,
): Promise<void> {
  await db.orm.insert(projectVersions).values({ ...row, organizationId, createdAt: clock.now() })
}

/** What is known of those of the commits that end a marked version. */
export async function listVersions(
  tx: Tx,
  projectId: IdOf<"project">,
  commits: readonly string[],
): Promise<VersionRow[]> {
  if (commits.length === 0) return []
  return tx.orm
    .select()
    .from(projectVersions)
    .where(
      and(eq(projectVersions.projectId, projectId), inArray(projectVersions.commit, [...commits])),
    )
}
