import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { FileEntry } from "@vibecaas/contract/commits"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Starter, StarterSummary } from "@vibecaas/contract/kinds/starters"
import { afterAll, beforeAll, expect, test } from "vitest"
import { allKinds } from "../http/testing/all-kinds.ts"
import type { TestPerson } from "../http/testing/test-client.ts"
import { type TestServer, testServer } from "../http/testing/test-server.ts"
import { mustFit } from "./pack-files.ts"

let server: TestServer
let mara: TestPerson
let root: string

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "own-starters-"))
  server = await testServer({ kinds: (db, accounts) => allKinds(db, { root, accounts }).all })
  mara = await server.person("Mara")
})
afterAll(async () => {
  await server.close()
  await rm(root, { recursive: true, force: true })
})

const create = async (body: object) =>
  (await mara.call("POST /projects", { body })).body as Project & { code?: string }
const about = { name: "Our diary", summary: "What we begin with.", category: "content" }
const make = (projectId: string, more: object = {}) =>
  mara.call("POST /starters", { body: { projectId, ...about, ...more } })

async function withFiles(files: Record<string, string>): Promise<Project> {
  const project = await create({ name: "Diary" })
  const changes = Object.entries(files).map(([path, content]) => ({ path, content }))
  const body = { message: "By hand", changes }
  expect((await mara.call(`POST /projects/${project.id}/commits`, { body })).status).toBe(201)
  return project
}
const listed = async (person = mara) => {
  const { body } = await person.call("GET /starters?limit=3")
  return (body as { items: StarterSummary[] }).items
}
const deedsOf = async (id: string) =>
  (
    await server.db.adminPool.query("select action from audit_records where subject = $1", [id])
  ).rows.map(({ action }) => action)

test("a project becomes a starter of its organization, the first of the list, and another project begins with its files", async () => {
  const files = {
    "package.json": `{"scripts":{"start":"node server.js"},"dependencies":{"react":"19.0.0"}}`,
    "server.js": "// serves",
    "settings.json": `{"title":"Ours"}`,
  }
  const project = await withFiles(files)
  const answer = await make(project.id)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  const starter = answer.body as Starter
  expect(starter).toMatchObject({ own: true, stack: "react", parameters: [], picture: null })
  expect(starter.description).toContain("“Diary”")
  const [first, second] = await listed()
  expect(first).toMatchObject({ id: starter.id, name: { en: "Our diary", de: "Our diary" } })
  expect(second?.own).toBe(false)
  expect((await mara.call(`GET /starters/${starter.id}`)).body).toEqual(starter)

  const begun = await create({ starter: { id: starter.id } })
  expect(begun.name).toBe("Our diary")
  const { items } = (await mara.call(`GET /projects/${begun.id}/files`)).body as {
    items: FileEntry[]
  }
  expect(items.map(({ path }) => path).sort()).toEqual(Object.keys(files).sort())
  const read = await mara.call(`GET /projects/${begun.id}/file?path=settings.json`)
  expect(read.body).toMatchObject({ content: files["settings.json"] })
  expect(await deedsOf(starter.id)).toEqual(["starter.create"])
})

test("it outlives its project's later changes, and is gone once it is deleted", async () => {
  const project = await withFiles({ "server.js": "// first" })
  const { id } = (await make(project.id)).body as Starter
  await mara.call(`POST /projects/${project.id}/commits`, {
    body: { message: "Later", changes: [{ path: "server.js", content: "// later" }] },
  })
  const begun = await create({ name: "Begun", starter: { id } })
  const read = await mara.call(`GET /projects/${begun.id}/file?path=server.js`)
  expect(read.body).toMatchObject({ content: "// first" })
  expect((await mara.call(`DELETE /starters/${id}`)).status).toBe(204)
  expect((await mara.call(`DELETE /starters/${id}`)).status).toBe(404)
  expect((await mara.call(`GET /starters/${id}`)).status).toBe(404)
  const refused = await mara.call("POST /projects", { body: { name: "No", starter: { id } } })
  expect(refused).toMatchObject({ status: 422, body: { fields: { "/starter/id": /./ } } })
  expect(await deedsOf(id)).toEqual(["starter.create", "starter.delete"])
})

test("other organizations neither see it nor begin with it", async () => {
  const { id } = (await make((await withFiles({ "a.js": "" })).id)).body as Starter
  const nina = await server.person("Nina")
  expect((await listed(nina)).some((each) => each.own)).toBe(false)
  expect((await nina.call(`GET /starters/${id}`)).status).toBe(404)
  expect((await nina.call(`DELETE /starters/${id}`)).status).toBe(404)
  const answer = await nina.call("POST /projects", { body: { name: "Mine", starter: { id } } })
  expect(answer.status).toBe(422)
})

test("an empty project makes none, a prompt does not go with one, and one of the platform is not deleted", async () => {
  const empty = await create({ name: "Empty" })
  expect((await make(empty.id)).status).toBe(409)
  const { id } = (await make((await withFiles({ "a.js": "" })).id)).body as Starter
  const prompted = { prompt: "A diary", starter: { id } }
  expect((await mara.call("POST /projects", { body: prompted })).body).toMatchObject({
    fields: { "/starter/id": "Begin with it without a prompt." },
  })
  expect((await mara.call("DELETE /starters/unit-converter")).status).toBe(404)
})

test("what is too large is refused, and so is one more than the plan has", async () => {
  expect(() => mustFit([{ size: 9 * 1024 * 1024 }])).toThrow(/8 MiB/)
  expect(() => mustFit(Array.from({ length: 1001 }, () => ({ size: 1 })))).toThrow(/1000 files/)
  expect(() => mustFit([{ size: 8 * 1024 * 1024 }])).not.toThrow()
  await server.db.adminPool.query("update organization_plans set plan = 'starter'")
  const { id } = await withFiles({ "a.js": "" })
  const answers = []
  for (let made = 0; made < 11; made++) answers.push(await make(id, { name: `Starter ${made}` }))
  expect(answers.at(-1)).toMatchObject({ status: 409, body: { code: "quota_exceeded" } })
})
