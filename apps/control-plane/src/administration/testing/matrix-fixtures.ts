import {
  type Fixture,
  type Fixtures,
  type MatrixWorld,
  nothing,
  withBody,
} from "../../http/testing/matrix-world.ts"
import { otherOrganization } from "../../tenants/testing/matrix-fixtures.ts"

const somebody: Fixture = async (world) => ({
  params: { userId: await makeSomebody(world) },
  body: {},
})
const someOrganization: Fixture = async (world) => ({
  params: { organizationId: await otherOrganization(world) },
  body: {},
})
const reason = "Asked for by mail"

export const fixtures = {
  "GET /platform/people": nothing,
  "GET /platform/people/{userId}": withoutBody(somebody),
  "POST /platform/people/{userId}/disable": withBody(somebody, { reason }),
  "POST /platform/people/{userId}/enable": somebody,
  "POST /platform/people/{userId}/end-sessions": somebody,
  "POST /platform/people/{userId}/reset-mail": somebody,
  "POST /platform/people/{userId}/impersonate": withBody(somebody, { reason }),
  "POST /impersonation/end": async () => ({ body: {} }),
  "GET /platform/organizations": nothing,
  "GET /platform/organizations/{organizationId}": withoutBody(someOrganization),
  "PUT /platform/organizations/{organizationId}/limit": withBody(someOrganization, {
    resource: "projects",
    limit: 3,
  }),
  "POST /platform/organizations/{organizationId}/disable": withBody(someOrganization, { reason }),
  "POST /platform/organizations/{organizationId}/enable": someOrganization,
} satisfies Fixtures<"administration">

function withoutBody(fixture: Fixture): Fixture {
  return async (world) => {
    const { body: _, ...call } = await fixture(world)
    return call
  }
}

/** A person nobody else needs. */
async function makeSomebody({ db }: MatrixWorld): Promise<string> {
  const id = db.newId("usr")
  await db.adminPool.query(
    `insert into auth."user" ("id", "name", "email", "emailVerified")
     values ($1, 'Somebody', $1 || '@example.com', true)`,
    [id],
  )
  return id
}
