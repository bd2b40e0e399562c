import type { IdOf } from "@vibecaas/contract/kinds"
import { and, asc, eq } from "drizzle-orm"
import { packageScripts } from "../db/tables/packages.ts"
import type { Tx } from "../db/tenant.ts"

type ProjectId = IdOf<"project">

/** Names of packages whose own scripts may run in a project. */
export async function listScripts(tx: Tx, projectId: ProjectId): Promise<string[]> {
  const rows = await tx.orm
    .select({ name: packageScripts.name })
    .from(packageScripts)
    .where(eq(packageScripts.projectId, projectId))
    .orderBy(asc(packageScripts.name))
  return rows.map(({ name }) => name)
}

export async function insertScript(tx: Tx, row: typeof packageScripts.$inferInsert): Promise<void> {
  await tx.orm.insert(packageScripts).values(row)
}

export async function deleteScript(
  tx: Tx,
  { projectId, name }: { projectId: ProjectId; name: string },
): Promise<void> {
  await tx.orm
    .delete(packageScripts)
    .where(and(eq(packageScripts.projectId, projectId), eq(packageScripts.name, name)))
}
