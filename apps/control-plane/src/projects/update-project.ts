import type { IdOf } from "@vibecaas/contract/kinds"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { versionMismatch } from "../core/version-mismatch.ts"
import { announceRow } from "./announce.ts"
import { needLivingProject, needProject } from "./need-project.ts"
import type { ProjectRow } from "./project.ts"
import { updateProject as writeProject } from "./queries.ts"

export interface ProjectChange {
  id: IdOf<"project">
  /** the version the change is based on; any when absent */
  ifMatch: number | undefined
  set: Partial<Pick<Project, "name" | "preview" | "draftData">>
}

/**
 * Changes what people choose of a project; its slug stays.
 *
 * @throws Fault `not_found`, `wrong_state` while it is being deleted, `version_mismatch`
 */
export async function updateProject(ctx: Ctx, change: ProjectChange): Promise<ProjectRow> {
  const { name: about } = await needLivingProject(ctx, change.id)
  const written = await writeProject(ctx.db, change.id, {
    version: change.ifMatch,
    set: change.set,
    at: ctx.clock.now(),
  })
  if (!written) {
    throw versionMismatch("this project")
  }
  const details = { about, ...change.set }
  record(ctx, { action: "project.update", subject: change.id, details })
  const row = await needProject(ctx, change.id)
  announceRow(ctx, row)
  return row
}
