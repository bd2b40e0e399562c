import { randomBytes } from "node:crypto"
import { newDataKey } from "@vibecaas/kernel/seal"
import { testMasterKey } from "../../db/testing/seed.ts"
import {
  type Fixture,
  type Fixtures,
  type MatrixWorld,
  nothing,
  organization,
} from "../../http/testing/matrix-world.ts"

const other: Fixture = async (world) => ({
  params: { organizationId: await otherOrganization(world) },
  body: {},
})

export const fixtures = {
  "GET /me": nothing,
  "POST /organizations": async () => ({ body: { name: "Halden Works" } }),
  "GET /organizations/{organizationId}": organization,
  "PATCH /organizations/{organizationId}": async ({ organizationId }) => ({
    params: { organizationId },
    body: { name: "Halden Works" },
  }),
  "DELETE /organizations/{organizationId}": async (world) => ({
    ...(await other(world)),
    body: { name: otherName },
  }),
  "POST /organizations/{organizationId}/leave": other,
} satisfies Fixtures<"tenants">

const otherName = "Another one"

/**
 * Another organization with the members of the world's own, for calls after which nobody could go on;
 * it has one more owner, so that any other can go.
 */
export async function otherOrganization(world: MatrixWorld): Promise<string> {
  const { db, owner } = world
  const id = db.newId("org")
  await db.adminPool.query(
    `with made as (
       insert into organizations (id, name, slug, data_key) values ($1, $2, $3, $4) returning id
     ), plan as (
       insert into organization_plans (organization_id, plan) select id, 'team' from made
     )
     insert into memberships (organization_id, user_id, role)
     select made.id, m.user_id, m.role from made, memberships m where m.organization_id = $5
     union all select made.id, 'user_who_stays', 'owner' from made`,
    [
      ...[id, otherName, `o-${randomBytes(6).toString("hex")}`],
      ...[newDataKey(testMasterKey, id), world.organizationId],
    ],
  )
  // The server hears of it a moment later.
  for (;;) {
    const { status } = await owner.call(`GET /organizations/${id}`)
    if (status === 200) return id
  }
}
