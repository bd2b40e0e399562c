import type { ApprovalRules } from "@vibecaas/contract/inquiry"
import type { IdOf } from "@vibecaas/contract/kinds"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { versionMismatch } from "../core/version-mismatch.ts"
import { needLivingProject } from "../projects/index.ts"
import { readRules, writeRules } from "./queries/approval-rules.ts"
import { lockUnfinishedRun } from "./queries/runs.ts"

type Rules = Omit<ApprovalRules, "version">

/**
 * Changes what a project's agents may do by themselves: what they do from now on follows it, what
 * waits for a person goes on waiting.
 *
 * @throws Fault `not_found`, `wrong_state` while the project is being deleted, `version_mismatch`
 */
export async function changeRules(
  ctx: Ctx,
  change: {
    projectId: IdOf<"project">
    /** the version the change is based on; any when absent */
    ifMatch: number | undefined
    set: { [Name in keyof Rules]?: Rules[Name] | undefined }
  },
): Promise<ApprovalRules> {
  const { projectId, ifMatch, set } = change
  const { name: about } = await needLivingProject(ctx, projectId)
  await lockUnfinishedRun(ctx.db, projectId)
  const { version, ...before } = await readRules(ctx.db, projectId)
  if (ifMatch !== undefined && ifMatch !== version) {
    throw versionMismatch("these rules", "them")
  }
  const { deleteFiles = before.deleteFiles, goLive = before.goLive } = set
  const rules = { deleteFiles, goLive }
  record(ctx, { action: "project.govern", subject: projectId, details: { about, ...rules } })
  const { organizationId } = ctx
  return writeRules(ctx.db, { projectId, organizationId, rules, updatedAt: ctx.clock.now() })
}
