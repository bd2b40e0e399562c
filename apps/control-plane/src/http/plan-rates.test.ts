import { clockAt } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { afterAll, beforeAll, expect, test } from "vitest"
import { createOrganization } from "../db/testing/seed.ts"
import { setLimit } from "../quotas/index.ts"
import { makeFindRates, rateIn } from "./plan-rates.ts"
import { projectServer } from "./testing/project-server.ts"
import { testClient } from "./testing/test-client.ts"
import { type TestServer, testServer } from "./testing/test-server.ts"

let server: TestServer
beforeAll(async () => {
  server = await testServer(projectServer)
})
afterAll(() => server.close())

const putOnPlan = (plan: string, organizationId: string) =>
  server.db.adminPool.query("update organization_plans set plan = $1 where organization_id = $2", [
    ...[plan, organizationId],
  ])

/** A replica, which knows nothing of what another one read before. */
const replica = () => testServer({ ...projectServer, db: server.db })

test("what answers tell of the limits of calls is the plan's, or the organization's own", async () => {
  const mara = await server.person("Mara")
  const { organizationId, email, password } = mara
  const before = await mara.call("GET /projects")
  expect(before.headers["ratelimit-limit"]).toBe("1000")
  await putOnPlan("pro", organizationId)
  const actor = { kind: "system", id: null, name: "test" } as const
  await server.db.scope({ organizationId, actor }, (ctx) =>
    setLimit(ctx, { resource: "starts_a_minute", limit: 2 }),
  )
  const other = await replica()
  try {
    const there = await testClient(other.origin).signIn(email, password)
    expect((await there.call("GET /projects")).headers["ratelimit-policy"]).toMatch(/;q=3000;/)
    const starts = []
    for (const name of ["One", "Two", "Three"])
      starts.push(await there.call("POST /projects", { body: { name } }))
    expect(starts.map(({ status }) => status)).toEqual([201, 201, 429])
    expect(starts[2]?.headers["ratelimit-policy"]).toBe('"provisioning";q=2;w=60')
  } finally {
    await other.close()
  }
})

test("another plan counts after ten seconds at most, and who is not known has the smallest", async () => {
  const clock = clockAt("2026-03-01T12:00:00Z")
  const mine = await createOrganization(server.db)
  const find = makeFindRates({ database: server.db.database, clock, log: silentLog })
  const planOf = async (id: string) => (await find([id])).map(({ plan }) => plan)
  expect(await planOf(mine.organizationId)).toEqual(["starter"])
  await putOnPlan("team", mine.organizationId)
  expect(await planOf(mine.organizationId)).toEqual(["starter"])
  clock.advance(10_001)
  expect(await planOf(mine.organizationId)).toEqual(["team"])
  expect(await find(["org_none", mine.organizationId])).toEqual([
    { plan: "starter", own: {} },
    { plan: "team", own: {} },
  ])
})

test("the settings of an installation stand in for plans, and an organization's own limit for both", () => {
  const set = { max: 7, windowSeconds: 60 }
  const rate = (own: number | undefined, setting: typeof set | undefined) =>
    rateIn(
      { plan: "team", own: own === undefined ? {} : { requests_a_minute: own } },
      "requests_a_minute",
      setting,
    ).max
  expect([rate(undefined, undefined), rate(undefined, set), rate(3, set)]).toEqual([10_000, 7, 3])
})
