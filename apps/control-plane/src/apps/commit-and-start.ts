import type { Ctx } from "../core/ctx.ts"
import { type MachineRow, wakeMachine } from "../machines/index.ts"
import { type CommitParts, commitFiles, lockLivingProject } from "../projects/index.ts"
import { startApp } from "./start-app.ts"

/**
 * Writes files in one commit and asks for it to run as the project's app.
 *
 * Its machine is reserved first: a commit stays when the transaction is taken back, so there is none
 * of what was refused.
 *
 * @returns the commit's id
 * @throws Fault those of commits and of starts
 */
export async function commitAndStart(
  ctx: Ctx,
  parts: CommitParts,
  of: Parameters<typeof commitFiles>[2] & { trust: MachineRow["trust"] },
): Promise<string> {
  const { trust, ...write } = of
  const { projectId } = write
  // In the order in which everybody locks them: the project before its machine.
  await lockLivingProject(ctx, projectId)
  await wakeMachine(ctx, { projectId, trust })
  const { id: commit } = await commitFiles(ctx, parts, write)
  await startApp(ctx, { projectId, commit, trust })
  return commit
}
