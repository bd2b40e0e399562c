import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { afterAll, beforeAll, expect, test } from "vitest"
import { allKinds } from "../http/testing/all-kinds.ts"
import type { TestPerson } from "../http/testing/test-client.ts"
import { type TestServer, testServer } from "../http/testing/test-server.ts"
import type { Repositories } from "../projects/index.ts"

let server: TestServer
let repositories: Repositories
let mara: TestPerson
let root: string

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "begin-"))
  server = await testServer({
    kinds: (db, accounts) => {
      const kinds = allKinds(db, { root, accounts })
      repositories = kinds.repositories
      return kinds.all
    },
  })
  mara = await server.person("Mara")
})
afterAll(async () => {
  await server.close()
  await rm(root, { recursive: true, force: true })
})

const starter = (parameters: object = {}) => ({ id: "unit-converter", parameters })
const create = (body: object, headers: Record<string, string> = {}, person = mara) =>
  person.call("POST /projects", { body, headers })
const rows = async (query: string, ...values: unknown[]) =>
  (await server.db.adminPool.query(query, values)).rows

test("a project begins with a starter: its files with the chosen values in one commit of the platform, wanted as its app, and no run", async () => {
  const answer = await create({ starter: starter({ title: "Pallets", decimals: 2 }) })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  const project = answer.body as Project // the reply's schema holds it
  expect(project).toMatchObject({ name: "Unit converter" })
  const { body } = await mara.call(`GET /projects/${project.id}`)
  expect(body).toMatchObject({ state: "starting", hasMachine: true })
  expect(project).not.toHaveProperty("run")
  const repository = repositories.of(project.id)
  const [commit, ...others] = await repository.log({ limit: 5 })
  expect(others).toEqual([])
  expect(commit).toMatchObject({ message: "Begin with Unit converter", author: "the platform" })
  const settings = await repository.read(commit?.id ?? "", "settings.json", 10_000)
  expect(JSON.parse(String(settings?.content))).toMatchObject({
    ...{ title: "Pallets", decimals: 2, opensWith: "length" },
  })
  expect(await rows("select commit_wanted from apps where project_id = $1", project.id)).toEqual([
    { commit_wanted: commit?.id },
  ])
  expect(await rows("select 1 from runs where project_id = $1", project.id)).toEqual([])
  const deeds = await rows(
    "select action, actor_id from audit_records where details->>'commit' = $1 or subject = $2",
    ...[commit?.id, project.id],
  )
  expect(deeds.map(({ action }) => action).sort()).toEqual([
    ...["app.start", "project.commit", "project.create"],
  ])
  expect(new Set(deeds.map(({ actor_id }) => actor_id))).toEqual(new Set([mara.userId]))
})

test("the same click twice makes one project", async () => {
  const key = { "idempotency-key": "click-1" }
  const body = { name: "Twice", starter: starter() }
  const [first, second] = [await create(body, key), await create(body, key)]
  expect(second).toMatchObject({ status: 201, body: first.body })
  expect(await rows("select 1 from projects where name = 'Twice'")).toHaveLength(1)
})

test("a wrong value and an unknown starter are named, and nothing is made", async () => {
  const wrong = await create({ name: "Wrong", starter: starter({ decimals: 99, mood: "good" }) })
  expect(wrong).toMatchObject({
    status: 422,
    body: {
      fields: {
        "/starter/parameters/decimals": "Use 10 or less.",
        "/starter/parameters/mood": expect.stringContaining("There is no such parameter"),
      },
    },
  })
  const unknown = await create({ name: "Wrong", starter: { id: "nothing-like-it" } })
  expect(unknown).toMatchObject({ status: 422, body: { fields: { "/starter/id": /./ } } })
  expect(await rows("select 1 from projects where name = 'Wrong'")).toEqual([])
})

test("with a prompt the run keeps what it is to begin with, as a proposal that is confirmed already, and nothing is committed yet", async () => {
  const chosen = starter({ title: "Pallets" })
  const prompt = "A converter of pallets with a map"
  const { body } = await create({ prompt, starter: chosen })
  const { id, run } = body as Project & { run: { id: string } } // the reply's schema holds it
  expect((await mara.call(`GET /agents/runs/${run.id}`)).body).toMatchObject({ starter: chosen })
  expect(body).toMatchObject({ proposal: { state: "confirmed", runId: run.id, chosen } })
  expect(await repositories.of(id).head()).toBeNull()
})

test("a run on a project can be given a starter, too; a wrong value starts none", async () => {
  const { id: projectId } = (await create({ name: "Later" })).body as Project
  const ask = (parameters: object) =>
    mara.call("POST /agents/runs", {
      body: { projectId, goal: "A converter", starter: starter(parameters) },
    })
  expect((await ask({ decimals: "many" })).status).toBe(422)
  expect(await rows("select 1 from runs where project_id = $1", projectId)).toEqual([])
  expect((await ask({ decimals: 1 })).body).toMatchObject({ starter: starter({ decimals: 1 }) })
})

test("a harmful prompt is declined whatever starter was chosen: neither a project nor a run begins, and the prompt has the reason", async () => {
  const goal = "Hack the wifi of my neighbour"
  const begun = await create({ name: "Wifi", prompt: goal, starter: starter() })
  const reason = expect.stringContaining("harm others")
  expect(begun).toMatchObject({
    status: 422,
    body: { detail: reason, fields: { "/prompt": reason } },
  })
  expect(await rows("select 1 from projects where name = 'Wifi'")).toEqual([])
  const { id: projectId } = (await create({ name: "Wifi" })).body as Project
  const ask = { projectId, goal, starter: starter() }
  const refused = await mara.call("POST /agents/runs", { body: ask })
  expect(refused).toMatchObject({
    status: 422,
    body: { fields: { "/goal": expect.stringContaining("harm others") } },
  })
  expect(await rows("select 1 from runs where project_id = $1", projectId)).toEqual([])
})

test("where no language model plans nothing is compared", async () => {
  const compare = [{ model: null }, { model: null }]
  const asked = { name: "Compared", prompt: "A converter", compare }
  expect(await create(asked)).toMatchObject({
    status: 422,
    body: { fields: { "/candidates/0/model": "Choose a language model." } },
  })
  expect(await rows("select 1 from projects where name = 'Compared'")).toEqual([])
})

test("where no machine may be made, a starter leaves neither a project nor a repository", async () => {
  const lena = await server.person("Lena")
  await server.db.adminPool.query(
    "insert into quota_reservations (organization_id, resource, subject, amount) values ($1, 'machines', 'others', 1000000)",
    [lena.organizationId],
  )
  const files = () => readdir(root, { recursive: true })
  const before = await files()
  const answer = await create({ name: "Refused", starter: starter() }, {}, lena)
  expect(answer).toMatchObject({ status: 409, body: { code: "quota_exceeded" } })
  expect(await rows("select 1 from projects where name = 'Refused'")).toEqual([])
  expect(await files()).toEqual(before)
})

test("where no more projects may be made, a starter makes none", async () => {
  const nina = await server.person("Nina")
  await server.db.adminPool.query(
    "update organization_plans set plan = 'starter' where organization_id = $1",
    [nina.organizationId],
  )
  let answer = await create({ starter: starter() }, {}, nina)
  for (let made = 1; answer.status === 201 && made < 20; made++)
    answer = await create({ starter: starter() }, {}, nina)
  expect(answer).toMatchObject({ status: 409, body: { code: "quota_exceeded" } })
})
