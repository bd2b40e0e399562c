import type { ApiKey, ApiKeyWithSecret } from "@vibecaas/contract/kinds/keys"
import { afterAll, beforeAll, expect, test } from "vitest"
import WebSocket from "ws"
import { endingOf, newSecret } from "./secret.ts"
import { type KeyServer, keyServer } from "./testing/key-server.ts"

let keys: KeyServer
let server: KeyServer["server"]
let clock: KeyServer["clock"]
let access: KeyServer["access"]
let mara: KeyServer["mara"]
let make: KeyServer["make"]
let list: KeyServer["list"]
let by: KeyServer["by"]
let makeProject: KeyServer["makeProject"]
beforeAll(async () => {
  keys = await keyServer()
  ;({ server, clock, access, mara, make, list, by, makeProject } = keys)
})
afterAll(() => keys.close())

test("a secret is told once, and neither the database nor a list has it", async () => {
  const { status, body } = await make({ name: "CI deploys" })
  expect(status).toBe(201)
  const { key, secret } = body
  expect(key).toMatchObject({
    ...{ name: "CI deploys", state: "active", permissions: ["project:read"], projects: null },
    ...{ createdBy: "Mara", creatorLeft: false, lastUsedAt: null },
    expiresAt: "2026-05-01T12:00:00.000Z",
    secrets: [{ ending: endingOf(secret), endsAt: null }],
  })
  expect(await list()).toContainEqual(key)
  const { rows } = await server.db.adminPool.query(
    "select k::text || s::text as text from api_keys k join api_key_secrets s on s.key_id = k.id",
  )
  for (const { text } of rows) expect(text).not.toContain(secret)
})

test("a key calls in its organization by its name, and the audit says so", async () => {
  const { body } = await make({ name: "Robot", permissions: ["project:create", "project:read"] })
  const made = await by(body.secret, "POST /projects", { body: { name: "Made by a robot" } })
  expect(made).toMatchObject({
    status: 201,
    body: { organizationId: mara.organizationId, createdBy: "Robot (API key)" },
  })
  const audit = await mara.call(`GET /organizations/${mara.organizationId}/audit`)
  const { id } = made.body as { id: string }
  expect((audit.body as { items: object[] }).items).toContainEqual(
    expect.objectContaining({
      action: "project.create",
      subject: id,
      actor: { kind: "key", id: body.key.id, name: "Robot (API key)" },
      ip: "127.0.0.1",
      requestId: expect.any(String),
    }),
  )
})

test("what a key shows of its organization is what the key may do", async () => {
  const { body } = await make({ permissions: ["organization:read", "run:read"] })
  const answer = await by(body.secret, `GET /organizations/${mara.organizationId}`)
  expect(answer.body).toMatchObject({ permissions: ["organization:read", "run:read"] })
})

test("the secret before is taken for a while beside the new one, and an older one no more", async () => {
  const { key, secret: first } = (await make()).body
  const rotate = async (overlapHours: number) => {
    const body = { overlapHours }
    const answer = await mara.call(`POST /api-keys/${key.id}/rotate`, { body })
    expect(answer.status).toBe(201)
    return answer.body as ApiKeyWithSecret
  }
  const statuses = async (...secrets: string[]) =>
    Promise.all(secrets.map(async (secret) => (await by(secret, "GET /projects")).status))
  const { secret: second, key: shown } = await rotate(2)
  expect(shown.secrets).toMatchObject([
    { ending: endingOf(second), endsAt: null },
    { ending: endingOf(first), endsAt: "2026-01-31T14:00:00.000Z" },
  ])
  expect(await statuses(first, second)).toEqual([200, 200])
  clock.advance(2 * 3_600_000)
  expect(await statuses(first, second)).toEqual([401, 200])
  const { secret: third } = await rotate(1)
  const { secret: fourth } = await rotate(0)
  await expect.poll(() => statuses(second, third, fourth)).toEqual([401, 401, 200])
})

test("a key whose time is over opens nothing, and says so in its list", async () => {
  const { key, secret } = (await make({ expiresInDays: 1 })).body
  expect((await by(secret, "GET /projects")).status).toBe(200)
  clock.advance(24 * 3_600_000)
  expect(await by(secret, "GET /projects")).toMatchObject({
    status: 401,
    body: { detail: "That API key is not known here, or it was revoked." },
  })
  expect((await list()).find(({ id }) => id === key.id)).toMatchObject({ state: "expired" })
  expect((await mara.call(`POST /api-keys/${key.id}/rotate`)).status).toBe(409)
})

test("when a key was used is kept, at most once a minute", async () => {
  const { key, secret } = (await make()).body
  const lastUsed = async () => (await list()).find(({ id }) => id === key.id)?.lastUsedAt
  const first = clock.now().toISOString()
  await by(secret, "GET /projects")
  expect(await lastUsed()).toBe(first)
  clock.advance(59_000)
  await by(secret, "GET /projects")
  expect(await lastUsed()).toBe(first)
  clock.advance(2_000)
  await by(secret, "GET /projects")
  expect(await lastUsed()).toBe(clock.now().toISOString())
})

test("a key that is limited to projects sees and hears of these alone", async () => {
  const [mine, other] = [await makeProject(), await makeProject()]
  const permissions = ["project:read", "project:create", "run:read"]
  const { secret } = (await make({ permissions, projects: [mine] })).body
  const shown = (await by(secret, "GET /projects")).body as { items: { id: string }[] }
  expect(shown.items.map(({ id }) => id)).toEqual([mine])
  expect((await by(secret, `GET /projects/${mine}`)).status).toBe(200)
  expect((await by(secret, `GET /projects/${other}`)).status).toBe(404)
  expect(await by(secret, "POST /projects", { body: { name: "More" } })).toMatchObject({
    status: 403,
    body: { detail: expect.stringContaining("limited to some projects") },
  })
  const socket = await listen(secret)
  const told = [`project:${mine}`, `project:${other}`, `organization:${mara.organizationId}`]
  for (const topic of told) socket.ws.send(JSON.stringify({ type: "subscribe", topic }))
  await expect.poll(() => socket.frames.length).toBe(3)
  expect(socket.frames.map(({ type }) => type)).toEqual(["subscribed", "refused", "refused"])
  socket.ws.close()
})

/** A live socket that a program opens with a key. */
async function listen(secret: string, headers = {}) {
  const url = `${server.origin.replace("http", "ws")}/api/v1/stream`
  const ws = new WebSocket(url, { headers: { authorization: `Bearer ${secret}`, ...headers } })
  const frames: { type: string }[] = []
  ws.on("message", (text) => frames.push(JSON.parse(String(text))))
  const closed = new Promise<number>((done) => ws.once("close", done))
  await new Promise((done, fail) => ws.once("open", done).once("error", fail))
  return { ws, frames, closed }
}

test("a revoked key is refused at once, and what it listened to is closed", async () => {
  const { key, secret } = (await make()).body
  const socket = await listen(secret)
  expect((await by(secret, "GET /projects")).status).toBe(200)
  expect((await mara.call(`DELETE /api-keys/${key.id}`)).status).toBe(204)
  expect(await socket.closed).toBe(4401)
  await expect.poll(async () => (await by(secret, "GET /projects")).status).toBe(401)
  expect((await mara.call(`DELETE /api-keys/${key.id}`)).status).toBe(404)
})

test("a page of another site cannot listen by a key, and a wrong key not by a cookie", async () => {
  const { secret } = (await make()).body
  await expect(listen(secret, { origin: "https://evil.example" })).rejects.toThrow("403")
  const beside = { cookie: mara.cookie, origin: server.origin }
  await expect(listen(newSecret(), beside)).rejects.toThrow("401")
})

test("each key has a rate of its own", async () => {
  const [one, two] = [(await make()).body.secret, (await make()).body.secret]
  const left = async (secret: string) =>
    Number((await by(secret, "GET /projects")).headers["ratelimit-remaining"])
  const before = await left(one)
  expect(await left(one)).toBe(before - 1)
  expect(await left(two)).toBeGreaterThan(0)
})

test("the plan limits how many keys there are, and a revoked one makes room", async () => {
  const ines = await server.person("Ines")
  const add = () => make({}, ines, ines.organizationId)
  for (let n = 0; n < 10; n++) expect((await add()).status).toBe(201)
  expect(await add()).toMatchObject({ status: 409, body: { code: "quota_exceeded" } })
  const { body } = await ines.call(`GET /organizations/${ines.organizationId}/api-keys?limit=1`)
  const [newest] = (body as { items: ApiKey[] }).items
  await ines.call(`DELETE /api-keys/${newest?.id}`)
  expect((await add()).status).toBe(201)
})

test("a preview that a key opened stays open as long as that secret of the key", async () => {
  const projectId = await makeProject()
  const open = async () => {
    const { key, secret } = (await make()).body
    const link = await by(secret, `POST /projects/${projectId}/preview-links`, { body: {} })
    expect(link.status).toBe(201)
    const text = `select user_id as "userId", session_id as "sessionId" from preview_codes where user_id = $1`
    const { rows } = await server.db.adminPool.query(text, [key.id])
    const site = { kind: "project", organizationId: mara.organizationId, id: projectId }
    return { key, maySee: () => access.maySee(site, rows[0]) }
  }
  const [rotated, revoked] = [await open(), await open()]
  expect([await rotated.maySee(), await revoked.maySee()]).toEqual([true, true])
  const body = { overlapHours: 1 }
  await mara.call(`POST /api-keys/${rotated.key.id}/rotate`, { body })
  expect(await rotated.maySee()).toBe(true)
  clock.advance(3_600_000)
  expect(await rotated.maySee()).toBe(false)
  await mara.call(`DELETE /api-keys/${revoked.key.id}`)
  expect(await revoked.maySee()).toBe(false)
})
