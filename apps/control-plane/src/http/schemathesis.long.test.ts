import { afterAll, beforeAll, expect, test } from "vitest"
import { makeKey } from "../keys/testing/matrix-fixtures.ts"
import { operationIdOf } from "./docs/openapi.ts"
import { documentPath } from "./docs/places.ts"
import { type MatrixServer, matrixFixtures, matrixServer, table } from "./testing/matrix-server.ts"
import { bringSchemathesis, tryDescription } from "./testing/schemathesis.ts"
import { testClient } from "./testing/test-client.ts"

const minutes = Number(process.env.VIBECAAS_TEST_SCHEMATHESIS_MINUTES ?? "3")
// Every run is the same; another seed looks elsewhere.
const seed = Number(process.env.VIBECAAS_TEST_SCHEMATHESIS_SEED ?? "1")
const timeout = (minutes + 10) * 60_000

let matrix: MatrixServer
let missing: string | undefined
beforeAll(async () => {
  const brought = await bringSchemathesis()
  if ("missing" in brought) missing = brought.missing
  matrix = await matrixServer()
}, 600_000)
afterAll(() => matrix?.close())

/** Calls after which there would be nobody to go on as: whoever signs in leaves the session they had. */
const ends = table.filter(
  ([name, { session }]) => session || name === "DELETE /organizations/{organizationId}",
)
const withoutEnds = ends.map(([name]) => operationIdOf(name))

/** Ids of things that are there, by the names of parameters: with others most calls end at a 404. */
async function idsOfThings(): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const [name, { params }] of table) {
    if (!params || !name.startsWith("GET")) continue
    await matrix.freeQuotas()
    const call = await matrixFixtures[name](matrix.world)
    Object.assign(found, { ...call.params, ...found })
  }
  return found
}

/** Whoever runs the installation and owns an organization: nearly every call is theirs. */
async function asAdmin(): Promise<Record<string, string>> {
  const { db } = matrix.world
  // A request of before may have ended a session, as it may.
  const { email, password } = matrix.world.owner
  const owner = await testClient(matrix.server.origin).signIn(email, password)
  const text = "insert into platform_admins (user_id) values ($1) on conflict do nothing"
  await db.adminPool.query(text, [owner.userId])
  await expect.poll(async () => (await owner.call("GET /platform/loops")).status).toBe(200)
  return { cookie: owner.cookie, origin: matrix.server.origin }
}

const asKey = async () => {
  const { secret } = await makeKey(matrix.world, { permissions: ["project:read", "run:read"] })
  return { authorization: `Bearer ${secret}` }
}

const trials = [
  { by: "an administrator, about things that are there", share: 0.6, who: asAdmin, real: true },
  { by: "an administrator, about anything", share: 0.25, who: asAdmin, real: false },
  { by: "an API key", share: 0.15, who: asKey, real: true },
]

test.for(trials)(
  "no request of $by is answered with what the description does not say",
  {
    timeout,
  },
  async ({ share, who, real }, { skip }) => {
    if (missing) skip(missing)
    const { code, output } = await tryDescription({
      document: `${matrix.server.origin}${documentPath}`,
      headers: await who(),
      seconds: Math.ceil(minutes * 60 * share),
      ...{ seed, without: withoutEnds },
      ...(real ? { parameters: await idsOfThings() } : {}),
    })
    expect(code, output).toBe(0)
  },
)
