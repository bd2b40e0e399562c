import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { lockLivingProject } from "../projects/index.ts"
import { type BegunMove, beginProject } from "./begin-move.ts"
import { findUnderWay } from "./queries.ts"

export interface CopyRequest {
  projectId: IdOf<"project">
  name: string
  history: boolean
  variables: boolean
  data: boolean
}

/**
 * Creates a project as another one is.
 *
 * @throws Fault `not_found`, `quota_exceeded`, `wrong_state` while something is brought into it
 */
export async function startCopy(ctx: Ctx, of: CopyRequest): Promise<BegunMove> {
  const { projectId, name, history, variables, data } = of
  const source = await lockLivingProject(ctx, projectId)
  await needStill(ctx, projectId)
  const { preview } = source
  return beginProject(
    ctx,
    { name, preview },
    {
      ...{ way: "copy", from: source.name },
      request: { copy: { projectId, history, variables, data } },
    },
  )
}

/** @throws Fault `wrong_state` */
export async function needStill(ctx: Ctx, projectId: IdOf<"project">): Promise<void> {
  if (!(await findUnderWay(ctx.db, projectId))) return
  throw fault("wrong_state", {
    say: "The project is being imported, duplicated or given away. Wait until that is over.",
  })
}
