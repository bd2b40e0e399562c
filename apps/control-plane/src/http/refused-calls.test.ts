import { afterAll, beforeAll, expect, test } from "vitest"
import { type TestDatabase, testDatabase } from "../db/testing/test-database.ts"
import { sendTo, type TestAnswer } from "./testing/test-client.ts"
import { type TestServer, testServer } from "./testing/test-server.ts"

let db: TestDatabase
let server: TestServer
beforeAll(async () => {
  db = await testDatabase()
  const few = { max: 4, windowSeconds: 600 }
  server = await testServer({
    db,
    config: (given) => ({
      ...given,
      limits: {
        ...given.limits,
        person: few,
        anonymous: few,
        signInPerAddress: { ...few, max: 6 },
      },
    }),
  })
})
afterAll(async () => {
  await server.close()
  await db.close()
})

async function statuses(call: () => Promise<TestAnswer>): Promise<number[]> {
  const answers = []
  for (let i = 0; i < 5; i++) answers.push(await call())
  expect(answers.at(-1)?.headers).toMatchObject({
    "ratelimit-policy": expect.stringMatching(/^"(person|address)";q=4;w=600$/),
    "ratelimit-limit": "4",
    "retry-after": expect.stringMatching(/^\d+$/),
  })
  return answers.map(({ status }) => status)
}

test.each([
  ["of a foreign id", 404, "GET /organizations/org_01jzzzzzzzzzzzzzzzzzzzzzzz", {}],
  ["at an address with nothing", 404, "GET /no/such/thing", {}],
  ["with a method that is not taken", 405, "PUT /me", {}],
  ["with a body that is not valid", 422, "PATCH /organizations/{own}", { body: { name: 5 } }],
  [
    "from a page of another site",
    403,
    "PATCH /organizations/{own}",
    { headers: { origin: "http://evil.example" } },
  ],
])("calls %s are counted like any other", async (_, status, route, options) => {
  const person = await server.person()
  const call = () => person.call(route.replace("{own}", person.organizationId), options)
  // Signing up asked once who they are.
  expect(await statuses(call)).toEqual([status, status, status, 429, 429])
})

test("a method that no row takes is told which ones are, with a body or without", async () => {
  for (const options of [
    {},
    { body: {} },
    { text: "x", headers: { "content-type": "text/plain" } },
  ]) {
    const answer = await sendTo(server.origin, "QUERY /api/v1/me", options)
    if (answer.status === 429) continue
    expect(answer).toMatchObject({
      status: 405,
      headers: { allow: expect.stringContaining("GET") },
    })
  }
})

test("addresses with nothing are counted without a session too", async () => {
  const call = () => sendTo(server.origin, "GET /api/v1/no/such/thing", {})
  expect((await statuses(call)).slice(-1)).toEqual([429])
})

test("however many ask at once, the database is looked at once", async () => {
  let looks = 0
  const slow = await testServer({
    db,
    parts: {
      readiness: [
        {
          name: "database",
          notReady: async () => {
            looks += 1
            await new Promise((resolve) => setTimeout(resolve, 100))
            return undefined
          },
        },
      ],
    },
  })
  const ready = () => sendTo(slow.origin, "GET /readyz", {})
  const answers = await Promise.all(Array.from({ length: 20 }, ready))
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
  expect(looks).toBeLessThan(5)
  await slow.close()
})

test("tries to sign in are told their own limit, and what no row answers is not counted", async () => {
  const body = { email: "nobody@example.com", password: "a-long-enough-password" }
  const signIn = () => sendTo(server.origin, "POST /api/v1/auth/sign-in/email", { body })
  const answer = await signIn()
  expect(answer).toMatchObject({
    status: 401,
    headers: {
      "ratelimit-policy": '"sign-in";q=6;w=600',
      "ratelimit-remaining": expect.stringMatching(/^\d$/),
    },
  })
  for (const place of ["/readyz", "/docs/api/", "/some/page"])
    expect((await sendTo(server.origin, `GET ${place}`, {})).headers).not.toHaveProperty(
      "ratelimit-limit",
    )
  let last = answer
  for (let at = 0; at < 6; at++) last = await signIn()
  expect(last).toMatchObject({ status: 429, headers: { "retry-after": expect.any(String) } })
})
