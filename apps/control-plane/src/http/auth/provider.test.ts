import { afterAll, beforeAll, expect, test } from "vitest"
import { cookieIn, type TestAnswer, testClient } from "../testing/test-client.ts"
import { type TestServer, testServer } from "../testing/test-server.ts"
import { type IdentityServer, identityServer } from "./testing/identity-server.ts"

let identity: IdentityServer
let server: TestServer
let client: ReturnType<typeof testClient>
beforeAll(async () => {
  identity = await identityServer()
  server = await testServer({ provider: identity.settingsFor })
  client = testClient(server.origin)
})
afterAll(async () => {
  await server.close()
  await identity.close()
})

const post = (path: string, body: object, cookie?: string) =>
  client.send(`POST /api/v1${path}`, {
    body,
    headers: { origin: server.origin, ...(cookie ? { cookie } : {}) },
  })

/** What a browser does: to the provider, back with its word, and in. */
async function signIn(who: Parameters<IdentityServer["visit"]>[1]) {
  const begun = await post("/auth/provider/begin", {})
  const { url } = begun.body as { url: string }
  const sent = await identity.visit(url, who)
  return {
    sent,
    cookie: cookieIn(begun),
    answer: await post("/auth/provider/finish", sent, cookieIn(begun)),
  }
}
/** All cookies of an answer but those that it takes away. */
const cookiesIn = ({ headers }: TestAnswer) =>
  [headers["set-cookie"] ?? []]
    .flat()
    .filter((line) => !/max-age=0/i.test(line))
    .map((line) => line.split(";", 1)[0])
    .join("; ")
const meOf = async (cookie: string) =>
  (await client.send("GET /api/v1/me", { headers: { cookie } })).body

async function confirm(userId: string) {
  const text = `update auth."user" set "emailVerified" = true where "id" = $1`
  await server.db.adminPool.query(text, [userId])
}

test("somebody new gets an account, and is the same person the next time", async () => {
  const mara = { sub: "mara", name: "Mara Halden", email: "mara@corp.example", verified: true }
  expect((await client.send("GET /api/v1/auth/provider")).body).toEqual({ name: "Corp" })
  const first = await signIn(mara)
  expect(first.answer).toMatchObject({ status: 200, body: { user: { name: "Mara Halden" } } })
  const again = await signIn({ ...mara, email: "mara.new@corp.example" })
  const user = (first.answer.body as { user: { id: string } }).user
  expect(again.answer.body).toMatchObject({ user: { id: user.id, email: "mara@corp.example" } })
  expect(await meOf(cookiesIn(again.answer))).toMatchObject({ organizations: [{ personal: true }] })
  const kept = await server.db.adminPool.query('select a::text from auth."account" a')
  expect(JSON.stringify(kept.rows)).not.toMatch(/eyJ/)
})

test("an account with the address is opened once both sides have seen it proved, and not before", async () => {
  const noa = await server.person("Noa")
  const who = { sub: "noa", name: "Noa", email: noa.email, verified: true }
  const refused = await signIn(who)
  expect(refused.answer).toMatchObject({
    status: 403,
    body: { detail: expect.stringContaining("confirm the address in the settings") },
  })
  await confirm(noa.userId)
  const unproved = await signIn({ ...who, sub: "not-noa", verified: false })
  expect(unproved.answer).toMatchObject({ status: 403 })
  const { answer } = await signIn(who)
  expect(answer).toMatchObject({ status: 200, body: { user: { id: noa.userId } } })
})

test("what the provider sent counts once, and only in the browser that began", async () => {
  const who = { sub: "ines", name: "Ines", email: "ines@corp.example", verified: true }
  const begun = await post("/auth/provider/begin", {})
  const sent = await identity.visit((begun.body as { url: string }).url, who)
  expect(await post("/auth/provider/finish", sent)).toMatchObject({ status: 409 })
  const { sent: used, cookie } = await signIn(who)
  expect(await post("/auth/provider/finish", used, cookie)).toMatchObject({ status: 409 })
})

test("who turned the second step on is asked for a code here, too", async () => {
  const olga = await server.person("Olga")
  await confirm(olga.userId)
  await server.db.adminPool.query(
    `insert into auth."twoFactor" ("id", "secret", "backupCodes", "userId", "verified")
     values ('tf', 'x', 'x', $1, true)`,
    [olga.userId],
  )
  const { answer } = await signIn({ sub: "olga", name: "Olga", email: olga.email, verified: true })
  expect(answer).toMatchObject({ status: 200, body: { user: null, secondStep: true } })
  expect(await meOf(cookiesIn(answer))).toMatchObject({ status: 401 })
})

test("a server that makes no accounts says so, and a provider that is away is said to be", async () => {
  const closed = await testServer({
    db: server.db,
    provider: (origin) => ({ ...identity.settingsFor(origin), makesAccounts: false }),
  })
  const away = await testServer({
    db: server.db,
    provider: (origin) => ({ ...identity.settingsFor(origin), issuer: "http://127.0.0.1:9" }),
  })
  const at = (origin: string) =>
    testClient(origin).send("POST /api/v1/auth/provider/begin", { body: {} })
  const begun = await at(closed.origin)
  const who = { sub: "pia", name: "Pia", email: "pia@corp.example", verified: true }
  const sent = await identity.visit((begun.body as { url: string }).url, who)
  const headers = { origin: closed.origin, cookie: cookieIn(begun) }
  const answer = await testClient(closed.origin).send("POST /api/v1/auth/provider/finish", {
    ...{ body: sent, headers },
  })
  expect(answer).toMatchObject({
    status: 403,
    body: { detail: expect.stringContaining("no account") },
  })
  expect(await at(away.origin)).toMatchObject({ status: 503, body: { code: "unavailable" } })
  await closed.close()
  await away.close()
})
