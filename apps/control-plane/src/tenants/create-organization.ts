import { ownedMax } from "@vibecaas/contract/kinds/tenants"
import { fault, invariant } from "@vibecaas/kernel/fault"
import { newDataKey } from "@vibecaas/kernel/seal"
import type { Actor } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import type { Person, TenantsParts } from "./ensure-personal-organization.ts"
import { needOrganization } from "./need-organization.ts"
import { type OrganizationRow, slugOf } from "./organization.ts"
import { insertOrganization, listOrganizations, lockMaking } from "./queries.ts"

/**
 * Makes an organization with a plan, a data key and its owner.
 *
 * @throws Fault `quota_exceeded` when the person owns as many as they may
 */
export async function createOrganization(
  parts: TenantsParts,
  { person, actor, name }: { person: Pick<Person, "id">; actor: Actor; name: string },
): Promise<OrganizationRow> {
  const id = parts.newId("org")
  return parts.scope({ organizationId: id, actor }, async (ctx) => {
    await lockMaking(ctx.db, person.id)
    const theirs = await listOrganizations(ctx.db, person.id)
    if (theirs.filter(({ role }) => role === "owner").length >= ownedMax) {
      const say = `You own ${ownedMax} organizations, and nobody may own more. Delete one first.`
      throw fault("quota_exceeded", { say })
    }
    const made = await insertOrganization(ctx.db, {
      ...{ id, name, slug: slugOf(name, id), personal: false, ownerId: person.id },
      ...{ dataKey: newDataKey(parts.masterKey, id), at: ctx.clock.now() },
    })
    invariant(made, "only personal organizations can be there already")
    record(ctx, { action: "organization.create", subject: id, details: { about: name } })
    return needOrganization(ctx)
  })
}
