import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import type { Principal } from "../core/kind.ts"
import { lockLivingProject } from "../projects/index.ts"
import { needOrganization } from "../tenants/index.ts"
import { beginMove } from "./begin-move.ts"
import { checkTransfer, needTarget } from "./check-transfer.ts"
import type { MoveRow } from "./move.ts"
import type { MovesParts } from "./moves-parts.ts"

export interface TransferRequest {
  projectId: IdOf<"project">
  to: string
  /** the project's name, to be sure */
  name: string
  principal: Principal
}

/**
 * Asks for a project to be given to another organization. Its app is stopped, everything that hangs on it changes
 * hands at once, and what ran is started again there.
 *
 * @throws Fault `not_found`, `invalid` when the name is another, `wrong_state` with all that stands in the way
 */
export async function startTransfer(
  ctx: Ctx,
  parts: MovesParts,
  { projectId, to, name, principal }: TransferRequest,
): Promise<MoveRow> {
  const project = await lockLivingProject(ctx, projectId)
  needTarget(principal, ctx.organizationId, to)
  if (name !== project.name) {
    throw fault("invalid", {
      say: "The name does not match. Nothing was given away.",
      fields: { "/name": `Type “${project.name}” to give it away.` },
    })
  }
  const check = await checkTransfer(ctx, parts, { projectId, to })
  if (!check.fits) throw fault("wrong_state", { say: check.blocks.join(" ") })
  const { name: from } = await needOrganization(ctx)
  return beginMove(ctx, project, {
    ...{ way: "transfer", from },
    request: { transfer: { to, ran: [] } },
  })
}
