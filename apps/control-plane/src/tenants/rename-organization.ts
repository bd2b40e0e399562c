import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { versionMismatch } from "../core/version-mismatch.ts"
import { needOrganization } from "./need-organization.ts"
import type { OrganizationRow } from "./organization.ts"
import { updateName } from "./queries.ts"
import { tellOrganization } from "./reconcile-organization.ts"

/**
 * @param change `ifMatch`: the version the change is based on; any when absent
 * @throws Fault `version_mismatch`
 */
export async function renameOrganization(
  ctx: Ctx,
  change: { name: string; ifMatch: number | undefined },
): Promise<OrganizationRow> {
  const before = await needOrganization(ctx)
  const { name, ifMatch: version } = change
  if (!(await updateName(ctx.db, { name, version, at: ctx.clock.now() }))) {
    throw versionMismatch("this organization")
  }
  const details = { about: name, from: before.name, to: name }
  record(ctx, { action: "organization.rename", subject: ctx.organizationId, details })
  tellOrganization(ctx)
  return needOrganization(ctx)
}
