import type { Mail } from "@vibecaas/contract/kinds/mails"
import type { Invitation, InvitationWithLink, ProjectAccess } from "@vibecaas/contract/kinds/people"
import type { Me } from "@vibecaas/contract/kinds/tenants"
import type { Member } from "@vibecaas/contract/member"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Actor } from "../core/ctx.ts"
import { type MatrixServer, matrixServer } from "../http/testing/matrix-server.ts"
import type { TestPerson } from "../http/testing/test-client.ts"
import { acceptInvitation } from "./accept-invitation.ts"

let matrix: MatrixServer
let owner: TestPerson
let organizationId: string
beforeAll(async () => {
  matrix = await matrixServer()
  owner = matrix.world.owner
  organizationId = matrix.world.organizationId
})
afterAll(() => matrix.close())

const at = () => `/organizations/${organizationId}`
const person = (name: string) => matrix.server.person(name)

async function invite(wanted: object, by = owner) {
  const body = { email: null, role: "developer", ...wanted }
  const answer = await by.call(`POST ${at()}/invitations`, { body })
  return { ...answer, body: answer.body as InvitationWithLink } // tests look at the status first
}
const tokenIn = ({ link }: { link: string }) => link.split("#")[1] ?? ""
const accept = (who: TestPerson, link: string) =>
  who.call("POST /invitations/accept", { body: { token: tokenIn({ link }) } })

async function joined(role: string): Promise<TestPerson> {
  const who = await person("Ines")
  const { body } = await invite({ role })
  expect((await accept(who, body.link)).status).toBe(200)
  await expect.poll(async () => (await who.call(`GET ${at()}`)).status).toBe(200)
  return who
}

const members = async () => {
  const { body } = await owner.call(`GET ${at()}/members`)
  return (body as { items: Member[] }).items
}
const invitations = async () => {
  const { body } = await owner.call(`GET ${at()}/invitations`)
  return (body as { items: Invitation[] }).items
}

/** What the outbox has for an address, newest first, without asking as an administrator. */
async function mailsTo(email: string) {
  const text =
    "select subject, sealed_text from mails where to_address = $1 order by created_at desc"
  return (await matrix.world.db.adminPool.query(text, [email])).rows
}

test("a link makes one person a member, and opens nothing more", async () => {
  const [ines, olga] = [await person("Ines"), await person("Olga")]
  const { status, body } = await invite({ role: "viewer" })
  expect(status).toBe(201)
  expect(body).toMatchObject({ mailed: false, invitation: { role: "viewer", state: "pending" } })
  const look = await ines.call("POST /invitations/look", { body: { token: tokenIn(body) } })
  expect(look).toMatchObject({
    status: 200,
    body: { organization: "Personal", role: "viewer", email: null, invitedBy: "Owner" },
  })
  const both = await Promise.all([accept(ines, body.link), accept(olga, body.link)])
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 404])
  expect(await invitations()).toEqual([])
  const { rows } = await matrix.world.db.adminPool.query("select token_hash::text from invitations")
  expect(JSON.stringify(rows)).not.toContain(tokenIn(body))
})

test("an invitation by mail is for its address, whatever case it is written in", async () => {
  const [ines, olga] = [await person("Ines"), await person("Olga")]
  const { body } = await invite({ email: ines.email.toUpperCase() })
  expect(body.mailed).toBe(true)
  expect(await mailsTo(ines.email)).toMatchObject([
    { subject: "Owner invites you to Personal", sealed_text: expect.stringMatching(/^v1\./) },
  ])
  const wrong = await accept(olga, body.link)
  expect(wrong).toMatchObject({ status: 403, body: { detail: expect.stringMatching(ines.email) } })
  expect((await accept(ines, body.link)).status).toBe(200)
  expect(await invite({ email: ines.email })).toMatchObject({ status: 409 })
})

test("an invitation that is sent again has a new link; one that is revoked or over has none", async () => {
  const ines = await person("Ines")
  const { body: first } = await invite({ email: ines.email })
  expect((await invite({ email: ines.email })).status).toBe(409)
  const { id } = first.invitation
  const again = await owner.call(`POST /invitations/${id}/resend`, { body: {} })
  const second = again.body as InvitationWithLink
  expect((await accept(ines, first.link)).status).toBe(404)
  await matrix.world.db.adminPool.query("update invitations set expires_at = now() where id = $1", [
    id,
  ])
  expect(await accept(ines, second.link)).toMatchObject({ status: 409 })
  expect(await invitations()).toMatchObject([{ id, state: "expired" }])
  expect((await owner.call(`DELETE /invitations/${id}`)).status).toBe(204)
  expect((await accept(ines, second.link)).status).toBe(404)
})

test("a link is over that is replaced while it is used", async () => {
  const ines = await person("Ines")
  const { body } = await invite({ email: ines.email })
  const { db } = matrix.world
  const parts = { ...db, scope: replaceFirst }
  async function replaceFirst<T>(...given: Parameters<typeof db.scope<T>>): Promise<T> {
    await owner.call(`POST /invitations/${body.invitation.id}/resend`, { body: {} })
    return db.scope(...given)
  }
  const actor: Actor = { kind: "user", id: ines.userId, name: "Ines", ip: null, requestId: null }
  const theirs = { id: ines.userId, name: "Ines", email: ines.email }
  const late = acceptInvitation(parts, { token: tokenIn(body), person: theirs, actor })
  await expect(late).rejects.toMatchObject({ code: "not_found" })
  expect((await members()).map(({ userId }) => userId)).not.toContain(ines.userId)
})

test("an admin manages members, and neither makes nor touches owners", async () => {
  const admin = await joined("admin")
  const viewer = await joined("viewer")
  const change = (who: TestPerson, userId: string, role: string) =>
    who.call(`PATCH ${at()}/members/${userId}`, { body: { role } })
  expect(await change(admin, viewer.userId, "developer")).toMatchObject({
    ...{ status: 200, body: { role: "developer" } },
  })
  expect(await change(admin, viewer.userId, "owner")).toMatchObject({ status: 403 })
  expect(await change(admin, owner.userId, "viewer")).toMatchObject({ status: 403 })
  expect(await invite({ role: "owner" }, admin)).toMatchObject({ status: 403 })
  const gone = await admin.call(`DELETE ${at()}/members/${owner.userId}`)
  expect(gone).toMatchObject({ status: 403 })
  await expect
    .poll(
      async () =>
        (await viewer.call("POST /projects", { body: { organizationId, name: "Ok" } })).status,
    )
    .toBe(201)
})

test("of two owners who take each other's role at once one stays", async () => {
  const [mara, nora] = [await person("Mara"), await person("Nora")]
  const at = `/organizations/${mara.organizationId}`
  await matrix.server.join(nora, mara.organizationId, "owner")
  await expect.poll(async () => (await nora.call(`GET ${at}`)).status).toBe(200)
  const demote = (who: TestPerson, other: TestPerson) =>
    who.call(`PATCH ${at}/members/${other.userId}`, { body: { role: "viewer" } })
  const both = await Promise.all([demote(mara, nora), demote(nora, mara)])
  const [taken, refused] = both.map(({ status }) => status).toSorted()
  expect(taken).toBe(200)
  // 403 where the server has heard of the new role already.
  expect([403, 409]).toContain(refused)
})

test("the last owner keeps their role", async () => {
  const last = await owner.call(`PATCH ${at()}/members/${owner.userId}`, {
    body: { role: "admin" },
  })
  expect(last).toMatchObject({ status: 409, body: { code: "wrong_state" } })
  expect((await owner.call(`DELETE ${at()}/members/${owner.userId}`)).status).toBe(409)
  expect((await members())[0]).toMatchObject({ userId: owner.userId, role: "owner", name: "Owner" })
})

async function makeProject(): Promise<string> {
  await matrix.freeQuotas()
  const { body } = await owner.call("POST /projects", { body: { organizationId, name: "Tulips" } })
  return (body as { id: string }).id
}
const share = async (projectId: string, email: string, level: string) => {
  const body = { email, level }
  const answer = await owner.call(`POST /projects/${projectId}/access/people`, { body })
  return { ...answer, body: answer.body as ProjectAccess }
}

test("a project is shared with somebody outside, who is a guest of it alone once they accept", async () => {
  const [projectId, other] = [await makeProject(), await makeProject()]
  const guest = await person("Guest")
  const shared = await share(projectId, guest.email, "edit")
  expect(shared).toMatchObject({
    status: 201,
    body: { people: [], invitations: [{ email: guest.email, project: { level: "edit" } }] },
  })
  const id = shared.body.invitations[0]?.id
  const { body } = await owner.call(`POST /invitations/${id}/resend`, { body: {} })
  const accepted = await accept(guest, (body as InvitationWithLink).link)
  expect(accepted).toMatchObject({ status: 200, body: { organizationId, projectId } })
  const see = async (id: string) => (await guest.call(`GET /projects/${id}`)).status
  await expect.poll(() => see(projectId)).toBe(200)
  expect(await see(other)).toBe(404)
  const list = await guest.call(`GET /projects?organizationId=${organizationId}`)
  expect((list.body as { items: { id: string }[] }).items.map(({ id }) => id)).toEqual([projectId])
  const { organizations, grants } = (await guest.call("GET /me")).body as Me
  expect(organizations).toMatchObject([{ personal: true }, { id: organizationId, role: "guest" }])
  expect(grants).toMatchObject([{ projectId, level: "edit" }])
  expect((await members()).map(({ userId }) => userId)).not.toContain(guest.userId)
})

test("an invitation that goes with its project takes no place among the open ones", async () => {
  const [projectId, kept] = [await makeProject(), await makeProject()]
  for (const id of [projectId, kept]) await share(id, (await person("Guest")).email, "see")
  const open = async () => {
    const { body } = await owner.call(`GET ${at()}/quotas`)
    const { quotas } = body as { quotas: { resource: string; used: number }[] }
    return quotas.find(({ resource }) => resource === "invitations")?.used
  }
  const before = (await open()) ?? 0
  await matrix.world.db.database.inOrganization(organizationId, (tx) =>
    tx.query({ name: "test_delete", text: "delete from projects where id = $1" }, [projectId]),
  )
  expect(await open()).toBe(before - 1)
})

test("a viewer edits the one project that is shared with them, and no other", async () => {
  const [projectId, other] = [await makeProject(), await makeProject()]
  const viewer = await joined("viewer")
  expect((await share(projectId, viewer.email, "edit")).body.people).toMatchObject([
    { userId: viewer.userId, level: "edit", guest: false },
  ])
  const rename = async (id: string) =>
    (await viewer.call(`PATCH /projects/${id}`, { body: { name: "Roses" } })).status
  await expect.poll(() => rename(projectId)).toBe(200)
  expect(await rename(other)).toBe(403)
})

test("a member asks for a project that is kept to some, and an answer opens it", async () => {
  const projectId = await makeProject()
  const developer = await joined("developer")
  const body = { audience: "listed" }
  await owner.call(`PUT /projects/${projectId}/access`, { body })
  const see = async () => (await developer.call(`GET /projects/${projectId}`)).body
  await expect.poll(see).toMatchObject({ code: "access_needed" })
  const ask = () =>
    developer.call(`POST /projects/${projectId}/access/requests`, { body: { note: "For Monday." } })
  expect(await ask()).toMatchObject({ status: 202, body: { asked: true } })
  expect((await ask()).status).toBe(202)
  expect(await mailsTo(owner.email)).toMatchObject([{ subject: "Ines asks for access to Tulips" }])
  const stranger = await person("Stranger")
  const foreign = await stranger.call(`POST /projects/${projectId}/access/requests`, { body: {} })
  expect(foreign.status).toBe(404)

  const access = (await owner.call(`GET /projects/${projectId}/access`)).body as ProjectAccess
  expect(access).toMatchObject({ audience: "listed", requests: [{ note: "For Monday." }] })
  const answer = `POST /projects/${projectId}/access/requests/${access.requests[0]?.id}/answer`
  expect(await owner.call(answer, { body: { level: "see" } })).toMatchObject({
    ...{ status: 200, body: { requests: [], people: [{ level: "see", guest: false }] } },
  })
  expect((await owner.call(answer, { body: { level: "see" } })).status).toBe(404)
  await expect.poll(see).toMatchObject({ id: projectId })
})

test("a key of a developer sees no project that is kept to others, and none can be named by one", async () => {
  const projectId = await makeProject()
  const developer = await joined("developer")
  await owner.call(`PUT /projects/${projectId}/access`, { body: { audience: "listed" } })
  const make = (projects: string[] | null) =>
    developer.call(`POST ${at()}/api-keys`, {
      body: { name: `Key ${Math.random()}`, permissions: ["project:read"], projects },
    })
  await expect.poll(async () => (await make([projectId])).status).toBe(422)
  const { secret } = (await make(null)).body as { secret: string }
  const by = (path: string) =>
    developer.call(`GET ${path}`, { headers: { cookie: "", authorization: `Bearer ${secret}` } })
  expect(await by(`/projects/${projectId}`)).toMatchObject({ body: { code: "access_needed" } })
  const list = (await by("/projects")).body as { items: { id: string }[] }
  expect(list.items.map(({ id }) => id)).not.toContain(projectId)
})

test("what happens to a project that is kept to some is not told to the whole organization", async () => {
  const projectId = await makeProject()
  await owner.call(`PUT /projects/${projectId}/access`, { body: { audience: "listed" } })
  await owner.call(`PATCH /projects/${projectId}`, { body: { name: "Roses" } })
  const { rows } = await matrix.world.db.adminPool.query(
    "select topic, count(*)::int as told from live_events where object_id = $1 and kind = 'project.changed' group by topic",
    [projectId],
  )
  const told = Object.fromEntries(rows.map(({ topic, told }) => [topic.split(":")[0], told]))
  expect(told.project).toBeGreaterThan(told.organization)
})

test("mails are read by who runs the installation, which is on record", async () => {
  const email = "somebody@example.com"
  const { body } = await invite({ email })
  const admin = await person("Admin")
  await matrix.world.db.adminPool.query("insert into platform_admins (user_id) values ($1)", [
    admin.userId,
  ])
  await expect.poll(async () => (await admin.call("GET /platform/mails")).status).toBe(200)
  const outbox = (await admin.call("GET /platform/mails")).body as { items: Mail[] }
  expect(outbox).toMatchObject({ simulated: true })
  expect(outbox.items.find(({ to }) => to === email)?.text).toContain(body.link)
  const text = "select action from audit_records where actor_id = $1 and action = 'outbox.read'"
  expect((await matrix.world.db.adminPool.query(text, [admin.userId])).rowCount).toBeGreaterThan(0)
})
