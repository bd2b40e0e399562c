import type { MoveWay } from "@vibecaas/contract/kinds/moves"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Ctx } from "../core/ctx.ts"
import { want } from "../core/resource.ts"
import type { MoveRequest } from "../db/tables/moves.ts"
import { createProject, type ProjectRow } from "../projects/index.ts"
import type { MoveRow } from "./move.ts"
import { moveResource } from "./move-resource.ts"
import { insertMove } from "./queries.ts"

export interface BegunMove {
  project: ProjectRow
  move: MoveRow
}

export interface NewMove {
  way: MoveWay
  /** where it comes from, in words */
  from: string
  request: MoveRequest
  state?: MoveRow["state"]
  leftOut?: string[]
}

/** A project that something is about to be brought into. @throws Fault `quota_exceeded`, `wrong_state` */
export async function beginProject(
  ctx: Ctx,
  named: { name: string; preview: Project["preview"] },
  move: NewMove,
): Promise<BegunMove> {
  const project = await createProject(ctx, named)
  return { project, move: await beginMove(ctx, project, move) }
}

/** Writes down what is wanted of a project; a loop does it. */
export function beginMove(
  ctx: Ctx,
  { id: projectId }: Pick<ProjectRow, "id">,
  { state = "waiting", leftOut = [], ...move }: NewMove,
): Promise<MoveRow> {
  const { organizationId, actor } = ctx
  return want(ctx, moveResource, {
    action: `project.${actions[move.way]}`,
    details: { projectId, ...(leftOut.length > 0 ? { leftOut: leftOut.length } : {}) },
    write: () =>
      insertMove(ctx.db, {
        ...{ id: ctx.newId("mov"), organizationId, projectId, ...move, state, leftOut },
        ...{ startedById: actor.id ?? "", startedByName: actor.name },
        ...{ createdAt: ctx.clock.now(), updatedAt: ctx.clock.now() },
      }),
  })
}

const actions = { archive: "import", git: "import", copy: "duplicate", transfer: "transfer" }
