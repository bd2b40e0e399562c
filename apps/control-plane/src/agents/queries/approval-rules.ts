import type { ApprovalRules } from "@vibecaas/contract/inquiry"
import type { IdOf } from "@vibecaas/contract/kinds"
import { eq } from "drizzle-orm"
import { approvalRules } from "../../db/tables/inquiries.ts"
import type { Tx } from "../../db/tenant.ts"

/** What holds where nobody decided: lost files are in the history, and what goes live has a way back. */
const defaults: ApprovalRules = { deleteFiles: "ask", goLive: "allow", version: 0 }

export async function readRules(tx: Tx, projectId: IdOf<"project">): Promise<ApprovalRules> {
  const [row] = await tx.orm
    .select()
    .from(approvalRules)
    .where(eq(approvalRules.projectId, projectId))
  return row ? { ...defaults, ...row.rules, version: row.version } : defaults
}

/** Nobody else may change them at the same time: whoever calls it has locked the project. */
export async function writeRules(
  tx: Tx,
  row: Omit<typeof approvalRules.$inferSelect, "version">,
): Promise<ApprovalRules> {
  const { projectId, rules, updatedAt } = row
  const version = (await readRules(tx, projectId)).version + 1
  await tx.orm
    .insert(approvalRules)
    .values({ ...row, version })
    .onConflictDoUpdate({ target: approvalRules.projectId, set: { rules, version, updatedAt } })
  return readRules(tx, projectId)
}
