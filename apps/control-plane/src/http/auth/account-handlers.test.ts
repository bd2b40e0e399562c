import { afterAll, beforeAll, expect, test } from "vitest"
import { cookieIn, testClient } from "../testing/test-client.ts"
import { type TestServer, testServer } from "../testing/test-server.ts"

let server: TestServer
let client: ReturnType<typeof testClient>
beforeAll(async () => {
  server = await testServer()
  client = testClient(server.origin)
})
afterAll(() => server.close())

test("a script signs in without an origin and gets a cookie that works", async () => {
  const { email, password } = await server.person("Mara")
  const answer = await client.send("POST /api/v1/auth/sign-in/email", { body: { email, password } })
  expect(answer.status).toBe(200)
  expect(answer.headers["set-cookie"]).toEqual([
    expect.stringMatching(
      /^vibecaas\.session=.+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    ),
  ])
  expect(JSON.stringify(answer.body)).not.toContain("token")
  const me = await client.send("GET /api/v1/me", { headers: { cookie: cookieIn(answer) } })
  expect(me).toMatchObject({ status: 200, body: { email, name: "Mara" } })
})

test("somebody new has a personal organization of which they are the owner", async () => {
  const person = await server.person("Ines Okafor")
  const { body } = await person.call("GET /me")
  expect(body).toMatchObject({
    organizations: [{ name: "Personal", personal: true, role: "owner", plan: "starter" }],
  })
})

test("coming, going and a new password are in the audit of the person's own organization", async () => {
  const { email, password, organizationId, userId } = await server.person("Noa")
  const noa = await client.signIn(email, password)
  const newPassword = "another long password"
  await noa.call("POST /auth/change-password", { body: { currentPassword: password, newPassword } })
  const again = await client.signIn(email, newPassword)
  await again.call("POST /auth/sign-out")
  await again.call("POST /auth/sign-out")
  const wrong = { email, password: "not the right one" }
  await client.send("POST /api/v1/auth/sign-in/email", { body: wrong })

  const text = `select action, subject, actor_id, actor_name, ip from audit_records
    where organization_id = $1 and action <> 'organization.create' order by id`
  const { rows } = await server.db.adminPool.query(text, [organizationId])
  const deeds = ["account.create", "session.start", "password.change", "session.start"]
  expect(rows.map((row) => row.action)).toEqual([...deeds, "session.stop"])
  for (const row of rows) {
    const who = { subject: userId, actor_id: userId, actor_name: "Noa", ip: "127.0.0.1" }
    expect(row).toMatchObject(who)
  }
})

test("a wrong password and an unknown address get the same answer", async () => {
  const { email } = await server.person()
  const bodies = [
    { email, password: "not the right one" },
    { email: "nobody@example.com", password: "not the right one" },
  ]
  const answers = await Promise.all(
    bodies.map((body) => client.send("POST /api/v1/auth/sign-in/email", { body })),
  )
  expect(answers.map(({ status }) => status)).toEqual([401, 401])
  const [first, second] = answers.map(({ body }) => ({ ...(body as object), requestId: "" }))
  expect(first).toEqual(second)
})

test("a page of another site can neither sign in nor write", async () => {
  const person = await server.person()
  const headers = { origin: "http://evil.example" }
  const { email, password } = person
  const signIn = await client.send("POST /api/v1/auth/sign-in/email", {
    body: { email, password },
    headers,
  })
  const write = await person.call(`PATCH /organizations/${person.organizationId}`, {
    body: { name: "Stolen" },
    headers,
  })
  expect([signIn.status, write.status]).toEqual([403, 403])
  expect(write.body).toMatchObject({ code: "origin_refused" })
})

test("a write with a cookie and no origin is refused, and says what is missing", async () => {
  const person = await server.person()
  const answer = await client.send(`PATCH /api/v1/organizations/${person.organizationId}`, {
    body: { name: "Halden" },
    headers: { cookie: person.cookie },
  })
  expect(answer).toMatchObject({ status: 403, body: { code: "origin_refused" } })
  expect(answer.body).toMatchObject({ detail: expect.stringContaining(server.origin) })
})

test("a form of our own origin is refused: only JSON is read", async () => {
  const person = await server.person()
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
    const answer = await person.call(`PATCH /organizations/${person.organizationId}`, {
      text: '{"name":"Stolen"}',
      headers: { "content-type": type },
    })
    expect(answer, type).toMatchObject({ status: 415, body: { code: "media_type" } })
  }
})

test("a sign-out ends the session at once", async () => {
  const person = await server.person()
  expect((await person.call("GET /me")).status).toBe(200)
  const out = await person.call("POST /auth/sign-out")
  expect(out.status).toBe(200)
  expect((await person.call("GET /me")).status).toBe(401)
})

test("who signs in or up over an open session ends that one and no other", async () => {
  const first = await server.person("First")
  const elsewhere = await client.signIn(first.email, first.password)
  const second = await server.person("Second")
  const over = await first.call("POST /auth/sign-in/email", {
    body: { email: second.email, password: second.password },
  })
  expect(over.status).toBe(200)
  expect((await first.call("GET /me")).status).toBe(401)
  expect((await elsewhere.call("GET /me")).status).toBe(200)
  const headers = { cookie: cookieIn(over) }
  const me = await client.send("GET /api/v1/me", { headers })
  expect(me).toMatchObject({ status: 200, body: { email: second.email } })

  const { rows } = await server.db.adminPool.query(
    "select action from audit_records where organization_id = $1 order by id desc limit 1",
    [first.organizationId],
  )
  expect(rows).toEqual([{ action: "session.stop" }])
  const newcomer = { name: "New", email: "newcomer@example.com", password: "a long password" }
  await elsewhere.call("POST /auth/sign-up/email", { body: newcomer })
  expect((await elsewhere.call("GET /me")).status).toBe(401)
})

test("a wrong password leaves the open session as it is", async () => {
  const person = await server.person()
  await person.call("POST /auth/sign-in/email", {
    body: { email: person.email, password: "not the right one" },
  })
  expect((await person.call("GET /me")).status).toBe(200)
})

test("a changed password ends the other sessions and keeps this one", async () => {
  const here = await server.person()
  const there = await client.signIn(here.email, here.password)
  expect((await there.call("GET /me")).status).toBe(200)
  const answer = await here.call("POST /auth/change-password", {
    body: { currentPassword: here.password, newPassword: "another horse battery" },
  })
  expect(answer.status).toBe(200)
  expect((await there.call("GET /me")).status).toBe(401)
  const headers = { cookie: cookieIn(answer) }
  expect((await client.send("GET /api/v1/me", { headers })).status).toBe(200)
})

test("a password changed with a wrong current one stays", async () => {
  const person = await server.person()
  const answer = await person.call("POST /auth/change-password", {
    body: { currentPassword: "not the right one", newPassword: "another horse battery" },
  })
  expect(answer).toMatchObject({
    status: 422,
    body: { code: "invalid", fields: { "/currentPassword": expect.any(String) } },
  })
})

test("a taken address and a short password are told per field", async () => {
  const { email } = await server.person()
  const body = { email, password: "correct horse battery", name: "Mara" }
  const taken = await client.send("POST /api/v1/auth/sign-up/email", { body })
  expect(taken).toMatchObject({ status: 409, body: { fields: { "/email": expect.any(String) } } })
  const short = await client.send("POST /api/v1/auth/sign-up/email", {
    body: { email: "not an address", password: "short", name: " " },
  })
  expect(short.status).toBe(422)
  expect(Object.keys((short.body as { fields: object }).fields)).toEqual([
    "/email",
    "/password",
    "/name",
  ])
})

test("a cookie with a changed token or signature is nobody's", async () => {
  const { cookie } = await server.person()
  for (const broken of [cookie.slice(0, -1), `${cookie}a`, cookie.replace("=", "=a")]) {
    const answer = await client.send("GET /api/v1/me", { headers: { cookie: broken } })
    expect(answer.status, broken).toBe(401)
  }
})

test("a session ended in the database, by whatever means, ends here within a second", async () => {
  const person = await server.person()
  expect((await person.call("GET /me")).status).toBe(200)
  await server.db.adminPool.query(`delete from auth."session" where "userId" = $1`, [person.userId])
  await expect.poll(async () => (await person.call("GET /me")).status).toBe(401)
})

test("the administrator is made once, and keeps a password changed later", async () => {
  const admin = { email: "admin@example.com", password: "the first password" }
  const first = await server.accounts.ensureAdmin(admin)
  const second = await server.accounts.ensureAdmin({
    ...admin,
    password: "another one in the file",
  })
  expect([first.created, second.created]).toEqual([true, false])
  const person = await client.signIn(admin.email, admin.password)
  expect((await person.call("GET /me")).body).toMatchObject({ platformAdmin: true })
})
