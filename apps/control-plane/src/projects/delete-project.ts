import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { wakeHolders } from "../core/holds.ts"
import { want } from "../core/resource.ts"
import { needProject } from "./need-project.ts"
import { type ProjectRow, projectStateOf } from "./project.ts"
import { projectResource } from "./project-resource.ts"
import { writeObserved } from "./queries.ts"

/**
 * Asks for a project to be gone: every kind that holds it tears its part down, then the files and
 * the row go. Asking again is harmless.
 *
 * @throws Fault `not_found`, `invalid` when `name` is not the project's
 */
export async function deleteProject(
  ctx: Ctx,
  input: { id: IdOf<"project">; name: string },
): Promise<ProjectRow> {
  const row = await needProject(ctx, input.id)
  if (input.name !== row.name) {
    throw fault("invalid", {
      say: "The name does not match. Nothing was deleted.",
      fields: { "/name": `Type “${row.name}” to delete it.` },
    })
  }
  return wantProjectGone(ctx, row)
}

/** The same without asking: for what belongs to an organization that is deleted. */
export async function wantProjectGone(ctx: Ctx, row: ProjectRow): Promise<ProjectRow> {
  if (row.wanted === "gone") return row
  await wakeHolders(ctx, row.id)
  return want(ctx, projectResource, {
    action: "project.delete",
    write: async () => {
      const { state, detail: stateDetail } = projectStateOf("gone", [])
      const at = ctx.clock.now()
      const set = { wanted: "gone", state, stateDetail, deletedAt: at, updatedAt: at } as const
      await writeObserved(ctx.db, row.id, set)
      return needProject(ctx, row.id)
    },
  })
}
