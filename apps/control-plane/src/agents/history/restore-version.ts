import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import { commitAndGoLive, type MadeCommit } from "../../apps/index.ts"
import type { Ctx } from "../../core/ctx.ts"
import { lockLivingProject } from "../../projects/index.ts"
import type { AgentsOptions } from "../agents-parts.ts"
import { refuseSecondRun } from "../start-run.ts"

/**
 * Brings all files back to a commit. It is a new commit: what came in between stays in the history,
 * and can be restored in its turn. What visitors wrote stays as it is.
 *
 * @throws Fault `not_found`, `wrong_state` when the files are like that already, `run_in_progress`,
 * those of commits and of starts
 */
export async function restoreVersion(
  ctx: Ctx,
  parts: AgentsOptions,
  { projectId, commit }: { projectId: IdOf<"project">; commit: string },
): Promise<MadeCommit> {
  await lockLivingProject(ctx, projectId)
  await refuseSecondRun(ctx, projectId)
  const repository = parts.repositories.of(projectId)
  const tree = await repository.treeOf(commit)
  const parent = await repository.head()
  if (parent !== null && (await repository.treeOf(parent)) === tree) {
    throw fault("wrong_state", { say: "The files are like that already. Nothing was changed." })
  }
  return commitAndGoLive(ctx, parts, {
    ...{ projectId, parent, tree, changes: [] },
    message: `Restore version ${commit.slice(0, 7)}`,
    version: { kind: "restore", of: commit },
  })
}
