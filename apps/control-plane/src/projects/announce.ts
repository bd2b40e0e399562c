import type { IdOf } from "@vibecaas/contract/kinds"
import { changed } from "../core/changes.ts"
import type { Ctx } from "../core/ctx.ts"
import { emit } from "../core/emit.ts"
import type { ProjectRow } from "./project.ts"
import { findProject } from "./queries.ts"

/** Tells everybody who watches the project or its organization's list how it is in the end. */
export function announce(ctx: Ctx, id: IdOf<"project">): void {
  changed(ctx, `project/${id}`, async () => {
    const row = await findProject(ctx.db, id)
    if (row) tell(ctx, row)
  })
}

/** The same with a row that nothing changes any more. */
export function announceRow(ctx: Ctx, row: ProjectRow): void {
  changed(ctx, `project/${row.id}`, async () => tell(ctx, row))
}

export function announceDeleted(ctx: Ctx, id: IdOf<"project">): void {
  emit(ctx, { kind: "project.deleted", about: { project: id }, id, data: { id } })
}

function tell(ctx: Ctx, { id, state, stateDetail }: ProjectRow): void {
  const data = { id, state, stateDetail }
  emit(ctx, { kind: "project.changed", about: { project: id }, id, data })
}
