import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { wakeHolders } from "../core/holds.ts"
import { want } from "../core/resource.ts"
import { needOrganization } from "./need-organization.ts"
import type { OrganizationRow } from "./organization.ts"
import { findClosed, findWanted, lockWanted, updateWantedGone } from "./queries.ts"
import { organizationResource } from "./reconcile-organization.ts"

/**
 * Asks for an organization to be gone: every kind that holds it tears its part down, then its rows go.
 * Asking again is harmless.
 *
 * @throws Fault `invalid` when `name` is not its name, `wrong_state` for a personal one
 */
export async function deleteOrganization(
  ctx: Ctx,
  { name }: { name: string },
): Promise<OrganizationRow> {
  const row = await needOrganization(ctx)
  if (row.personal) {
    throw fault("wrong_state", { say: "A personal organization goes with its person’s account." })
  }
  if (name !== row.name) {
    throw fault("invalid", {
      say: "The name does not match. Nothing was deleted.",
      fields: { "/name": `Type “${row.name}” to delete it.` },
    })
  }
  return wantOrganizationGone(ctx)
}

/** The same without asking: for the personal organization of an account that is erased. */
export async function wantOrganizationGone(ctx: Ctx): Promise<OrganizationRow> {
  const row = await needOrganization(ctx)
  if (row.wanted === "gone") return row
  await wakeHolders(ctx, row.id)
  return want(ctx, organizationResource, {
    action: "organization.delete",
    write: async () => {
      await updateWantedGone(ctx.db, ctx.clock.now())
      return needOrganization(ctx)
    },
  })
}

/** Whether the transaction's organization is being deleted, or is gone. */
export async function isOrganizationGoing(ctx: Ctx): Promise<boolean> {
  return (await findWanted(ctx.db)) !== "present"
}

/** Whether administrators have shut the transaction's organization. */
export async function isOrganizationClosed(ctx: Ctx): Promise<boolean> {
  return findClosed(ctx.db)
}

/**
 * The organization stays until the transaction ends.
 *
 * @throws Fault `wrong_state` when it is being deleted
 */
export async function needLivingOrganization(ctx: Ctx): Promise<void> {
  if ((await lockWanted(ctx.db)) === "present") return
  throw fault("wrong_state", { say: "The organization is being deleted. Nothing can be added." })
}
