import type { Ctx } from "../core/ctx.ts"
import { type CommitParts, commitFiles, lockLivingProject } from "../projects/index.ts"
import { commitAndStart } from "./commit-and-start.ts"
import { findOfProject } from "./queries.ts"

/** A commit, and whether it was asked to take the live app's place. */
export interface MadeCommit {
  commit: string
  goesLive: boolean
}

/**
 * Writes files in one commit, which takes the live app's place in the way of all versions: visitors
 * wait, and what does not run well is taken back. Of a project that never ran nothing is started.
 *
 * @throws Fault those of commits and of starts
 */
export async function commitAndGoLive(
  ctx: Ctx,
  parts: CommitParts,
  write: Parameters<typeof commitFiles>[2],
): Promise<MadeCommit> {
  await lockLivingProject(ctx, write.projectId)
  if (!(await findOfProject(ctx.db, write.projectId))) {
    return { commit: (await commitFiles(ctx, parts, write)).id, goesLive: false }
  }
  const commit = await commitAndStart(ctx, parts, { ...write, trust: "untrusted" })
  return { commit, goesLive: true }
}
