import type {
  PlatformOrganization,
  PlatformOrganizationDetail,
  PlatformPerson,
  PlatformPersonDetail,
} from "@vibecaas/contract/kinds/administration"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type MatrixServer, matrixServer } from "../http/testing/matrix-server.ts"
import { type TestPerson, testClient } from "../http/testing/test-client.ts"

let matrix: MatrixServer
let admin: TestPerson
beforeAll(async () => {
  matrix = await matrixServer()
  admin = await newAdmin("Ada")
})
afterAll(() => matrix.close())

const sql = (text: string, values: unknown[] = []) => matrix.world.db.adminPool.query(text, values)

async function newAdmin(name: string): Promise<TestPerson> {
  const person = await matrix.server.person(name)
  await sql("insert into platform_admins (user_id) values ($1)", [person.userId])
  // The server hears of it a moment later.
  for (;;) if ((await person.call("GET /platform/people")).status === 200) return person
}

const reason = "Asked for in ticket 12"
const about = (person: TestPerson, verb = "") => `/platform/people/${person.userId}${verb}`
const act = (person: TestPerson, verb: string, body: object = {}) =>
  admin.call(`POST ${about(person, `/${verb}`)}`, { body })

async function deedsOn(person: TestPerson, organizationId = person.organizationId) {
  const { rows } = await sql(
    `select action, actor_name as by, details->>'reason' as reason from audit_records
     where organization_id = $1 and subject = $2 and action like 'account.%' order by id`,
    [organizationId, person.userId],
  )
  return rows.filter(({ action }) => action !== "account.create")
}

test("people are found by name or address, page by page, newest first", async () => {
  const made: TestPerson[] = []
  for (const name of ["Zoë Quill", "Zora Quill", "Zeno Quill"])
    made.push(await matrix.server.person(name))
  const list = async (query: string) =>
    (await admin.call(`GET /platform/people?${query}`)).body as {
      items: PlatformPerson[]
      nextCursor: string | null
    }
  const first = await list("search=quill&limit=2")
  expect(first.items.map(({ name }) => name)).toEqual(["Zeno Quill", "Zora Quill"])
  const second = await list(`search=quill&limit=2&cursor=${first.nextCursor}`)
  expect(second).toMatchObject({ items: [{ name: "Zoë Quill" }], nextCursor: null })
  const [zoe] = made
  expect((await list(`search=${zoe?.email}`)).items).toMatchObject([
    {
      ...{ id: zoe?.userId, sessions: 1, organizations: 1, platformAdmin: false, disabled: null },
      lastSeenAt: expect.any(String),
    },
  ])
  expect((await list("search=%25")).items).toEqual([])
})

test("a disabled person is told so when they sign in, and comes back once they are enabled", async () => {
  const person = await matrix.server.person("Ines")
  const disabled = await act(person, "disable", { reason })
  expect(disabled.body).toMatchObject({
    ...{ disabled: { byName: "Ada", reason }, sessions: 0, signedIn: [] },
  })
  await expect.poll(async () => (await person.call("GET /me")).status).toBe(401)
  const { email, password } = person
  const signIn = () =>
    testClient(matrix.server.origin).send("POST /api/v1/auth/sign-in/email", {
      body: { email, password },
    })
  expect(await signIn()).toMatchObject({
    ...{ status: 403, body: { detail: expect.stringContaining("was disabled") } },
  })
  expect((await act(person, "enable")).body).toMatchObject({ disabled: null })
  expect((await signIn()).status).toBe(200)
  expect(await deedsOn(person)).toEqual([
    { action: "account.disable", by: "Ada", reason },
    { action: "account.enable", by: "Ada", reason: null },
  ])
  expect(await deedsOn(person, admin.organizationId)).toHaveLength(2)
})

test("nobody shuts themselves out", async () => {
  expect(await act(admin, "disable", { reason })).toMatchObject({
    ...{ status: 409, body: { detail: expect.stringContaining("yourself") } },
  })
})

test("ending sessions signs somebody out everywhere, and a mail leads them to a new password", async () => {
  const person = await matrix.server.person("Ines")
  const again = await testClient(matrix.server.origin).signIn(person.email, person.password)
  expect((await act(person, "end-sessions")).body).toMatchObject({ sessions: 0 })
  for (const each of [person, again])
    await expect.poll(async () => (await each.call("GET /me")).status).toBe(401)
  expect((await act(person, "reset-mail")).body).toEqual({ sentTo: person.email })
  const mails = (await admin.call("GET /platform/mails")).body as {
    items: { to: string; text: string }[]
  }
  const mail = mails.items.find(({ to }) => to === person.email)
  expect(mail?.text).toContain("/new-password#")
})

test("organizations are found by their owner; plan and limits are changed, and seen by their people", async () => {
  const owner = await matrix.server.person("Olga Limit")
  const found = (await admin.call("GET /platform/organizations?search=olga+limit")).body as {
    items: PlatformOrganization[]
  }
  expect(found.items).toMatchObject([
    { id: owner.organizationId, owners: ["Olga Limit"], members: 1, projects: 0, disabled: null },
  ])
  const at = `/platform/organizations/${owner.organizationId}`
  const limit = (body: object) => admin.call(`PUT ${at}/limit`, { body })
  await admin.call(`PUT /organizations/${owner.organizationId}/plan`, { body: { plan: "starter" } })
  const set = (await limit({ resource: "projects", limit: 1 })).body as PlatformOrganizationDetail
  expect(set.quotas).toContainEqual({
    ...{ resource: "projects", name: "Projects", used: 0, limit: 1, planLimit: 10, own: true },
  })
  expect(set.people).toMatchObject([{ id: owner.userId, role: "owner" }])
  const make = () => owner.call("POST /projects", { body: { name: "Tulips" } })
  expect((await make()).status).toBe(201)
  expect(await make()).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining("This organization’s own limit allows 1 projects") },
  })
  await limit({ resource: "projects", limit: null })
  expect((await make()).status).toBe(201)
  expect(await limit({ resource: "moons", limit: 1 })).toMatchObject({
    ...{ status: 422, body: { fields: { "/resource": expect.stringContaining("projects") } } },
  })
})

test("a disabled organization is closed to its people and keys, and says why", async () => {
  const owner = await matrix.server.person("Olga")
  const { organizationId } = owner
  const made = await owner.call(`POST /organizations/${organizationId}/api-keys`, {
    body: { name: "Robot", permissions: ["project:read"] },
  })
  const { secret } = made.body as { secret: string }
  const byKey = () =>
    testClient(matrix.server.origin).send("GET /api/v1/projects", {
      headers: { authorization: `Bearer ${secret}` },
    })
  expect((await byKey()).status).toBe(200)
  const at = `/platform/organizations/${organizationId}`
  await admin.call(`POST ${at}/disable`, { body: { reason } })
  const own = () => owner.call("GET /projects")
  for (const ask of [own, byKey]) await expect.poll(async () => (await ask()).status).toBe(403)
  expect((await own()).body).toMatchObject({ detail: expect.stringContaining("disabled") })
  expect((await owner.call("GET /me")).body).toMatchObject({
    organizations: [{ id: organizationId, disabled: reason }],
  })
  await admin.call(`POST ${at}/enable`, { body: {} })
  for (const ask of [own, byKey]) await expect.poll(async () => (await ask()).status).toBe(200)
})

/** An administrator's browser that looks as somebody. */
async function looking(person: TestPerson, by = admin, body: object = { reason }) {
  const answer = await by.call(`POST ${about(person, "/impersonate")}`, { body })
  const [first = ""] = [answer.headers["set-cookie"] ?? []].flat()
  const headers = { cookie: first.split(";", 1)[0] ?? "" }
  const call = (route: string, options: object = {}) => by.call(route, { ...options, headers })
  return { answer, call, setCookie: first }
}

test("who looks as somebody sees what they see and changes nothing, and they can see it", async () => {
  const person = await matrix.server.person("Ines")
  const look = await looking(person)
  expect(look.answer.status).toBe(200)
  expect((await look.call("GET /me")).body).toMatchObject({
    ...{ id: person.userId, platformAdmin: false, impersonated: { byName: "Ada", reason } },
  })
  expect((await look.call("GET /projects")).status).toBe(200)
  const writes: [string, object?][] = [
    ["POST /projects", { name: "Tulips" }],
    ["POST /organizations", { name: "Halden" }],
    ["PATCH /auth/account", { name: "Mallory" }],
    ["POST /auth/change-password", { currentPassword: "x", newPassword: "correct horse" }],
    [`DELETE /auth/sessions/x`],
  ]
  for (const [route, body] of writes) {
    const answer = await look.call(route, body ? { body } : {})
    expect(answer, route).toMatchObject({
      ...{ status: 403, body: { detail: expect.stringContaining("nothing can be changed") } },
    })
  }
  expect((await look.call("GET /platform/people")).status).toBe(403)
  const sessions = (await person.call("GET /auth/sessions")).body as { items: object[] }
  expect(sessions.items).toContainEqual(
    expect.objectContaining({ current: false, impersonated: { byName: "Ada", reason } }),
  )
  expect(await deedsOn(person)).toEqual([{ action: "account.impersonate", by: "Ada", reason }])
  const shown = (await admin.call(`GET ${about(person)}`)).body as PlatformPersonDetail
  expect(shown.signedIn.map(({ impersonatedBy }) => impersonatedBy)).toContain("Ada")
})

test("ending a look leads back to the administrator's own sign-in", async () => {
  const person = await matrix.server.person("Ines")
  const look = await looking(person)
  const ended = await look.call("POST /impersonation/end", { body: {} })
  expect(ended.body).toEqual({ signedIn: true })
  const [cookie = ""] = [ended.headers["set-cookie"] ?? []].flat()
  expect(decodeURIComponent(cookie.split(";", 1)[0] ?? "")).toBe(decodeURIComponent(admin.cookie))
  await expect.poll(async () => (await look.call("GET /me")).status).toBe(401)
  expect(await deedsOn(person)).toMatchObject([
    { action: "account.impersonate" },
    { action: "account.impersonate_end", by: "Ada as Ines" },
  ])
  const again = await admin.call("POST /impersonation/end", { body: {} })
  expect(again).toMatchObject({ status: 409, body: { detail: "You are yourself already." } })
})

test("the person ends a look by its session; the look ends with the rights of whoever looks, too", async () => {
  const person = await matrix.server.person("Ines")
  const status = async (look: Awaited<ReturnType<typeof looking>>) =>
    (await look.call("GET /me")).status
  const seen = await looking(person)
  const { items } = (await person.call("GET /auth/sessions")).body as {
    items: { id: string; impersonated: object | null }[]
  }
  const session = items.find(({ impersonated }) => impersonated)
  await person.call(`DELETE /auth/sessions/${session?.id}`)
  await expect.poll(() => status(seen)).toBe(401)

  const former = await newAdmin("Former")
  const look = await looking(person, former)
  expect(await status(look)).toBe(200)
  await sql("delete from platform_admins where user_id = $1", [former.userId])
  await expect.poll(() => status(look)).toBe(401)

  const leaving = await newAdmin("Leaving")
  const other = await looking(person, leaving)
  expect(await status(other)).toBe(200)
  await leaving.call("POST /auth/sign-out", { body: {} })
  await expect.poll(() => status(other)).toBe(401)
})

test("nobody looks as an administrator, as who is disabled, as themselves, or for more than an hour", async () => {
  const [other, person] = [await newAdmin("Other"), await matrix.server.person("Ines")]
  await act(person, "disable", { reason })
  for (const whom of [other, person, admin])
    expect((await looking(whom)).answer).toMatchObject({ status: 409 })
  const open = await matrix.server.person("Ines")
  expect((await looking(open, admin, { reason, minutes: 61 })).answer).toMatchObject({
    ...{ status: 422, body: { fields: { "/minutes": expect.any(String) } } },
  })
  expect((await looking(open, admin, {})).answer).toMatchObject({ status: 422 })
  expect((await looking(open, open)).answer).toMatchObject({ status: 403 })
})

test("the functions behind it tell and change nothing for who is no administrator", async () => {
  const person = await matrix.server.person("Ines")
  const asApp = (text: string, values: unknown[]) =>
    matrix.world.db.database.asPlatform((tx) =>
      tx.query({ name: `no_${values.length}`, text }, values),
    )
  const { userId } = person
  expect(await asApp("select * from platform_people($1, null, null, null, 9)", [userId])).toEqual(
    [],
  )
  expect(await asApp("select * from platform_person($1, $2)", [userId, admin.userId])).toEqual([])
  expect(
    await asApp("select disable_person($1, $2, $3, 'Ines', now()) as done", [
      ...[userId, admin.userId, reason],
    ]),
  ).toEqual([{ done: false }])
})

test("what is kept beside an account goes with it", async () => {
  const person = await matrix.server.person("Ines")
  await looking(person)
  await act(person, "disable", { reason })
  const kept = async () => {
    const { rows } = await sql(
      `select (select count(*) from disabled_people where user_id = $1)::int as disabled,
         (select count(*) from people_seen where user_id = $1)::int as seen,
         (select count(*) from impersonations where user_id = $1)::int as looks`,
      [person.userId],
    )
    return rows[0]
  }
  expect(await kept()).toEqual({ disabled: 1, seen: 1, looks: 1 })
  await sql(`delete from auth."user" where "id" = $1`, [person.userId])
  expect(await kept()).toEqual({ disabled: 0, seen: 0, looks: 0 })
})
