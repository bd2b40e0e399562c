import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Commit, FileDiff } from "@vibecaas/contract/commits"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { silentLog } from "@vibecaas/kernel/log"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { TestDatabase } from "../db/testing/test-database.ts"
import type { TestCall, TestPerson } from "../http/testing/test-client.ts"
import { type TestServer, testServer } from "../http/testing/test-server.ts"
import { createProject } from "./create-project.ts"
import { makeSaving } from "./files.ts"
import { makeGit } from "./git.ts"
import { makeRepositories } from "./git-repository.ts"
import { makeProjects } from "./make-projects.ts"

let root: string
let server: TestServer
let mara: TestPerson

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "project-routes-"))
  server = await testServer({ kinds: (db) => ({ projects: projectsKind(db) }) })
  mara = await server.person()
  // More projects than the smallest plan allows.
  await server.db.adminPool.query("update organization_plans set plan = 'team'")
})
afterAll(async () => {
  await server.close()
  await rm(root, { recursive: true, force: true })
})

function projectsKind({ scope, clock, newId }: TestDatabase) {
  const repositories = makeRepositories({ root, git: makeGit("git"), newId, now: clock.now })
  const previewUrl = (slug: string) => `http://${slug}.preview.localhost:3000`
  const due = async () => []
  const shared = { scope, clock, newId, log: silentLog, repositories, saving: makeSaving() }
  return makeProjects({ ...shared, previewUrl, due })
}

/** `POST /projects` belongs to a kind to the right. */
async function create(name: string, person = mara): Promise<string> {
  const { organizationId, userId: id } = person
  const actor = { kind: "user", id, name: "Mara", ip: null, requestId: null } as const
  const input = { name, preview: "private" } as const
  const made = await server.db.scope({ organizationId, actor }, (ctx) => createProject(ctx, input))
  return made.id
}

const commit = (id: string, changes: Record<string, string | null>, more: object = {}) =>
  mara.call(`POST /projects/${id}/commits`, {
    body: {
      message: "a change",
      changes: Object.entries(changes).map(([path, content]) => ({ path, content })),
      ...more,
    },
  })

/** A commit that must succeed. */
async function committed(id: string, changes: Record<string, string | null>): Promise<Commit> {
  const answer = await commit(id, changes)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body as Commit // the reply's schema holds it
}

async function read<T>(route: string, options?: TestCall, person = mara): Promise<T> {
  const answer = await person.call(route, options)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body as T // the reply's schema holds it
}

interface Page<T> {
  items: T[]
  nextCursor: string | null
}

async function names(query: string, person: TestPerson): Promise<string[]> {
  const { items } = await read<Page<Project>>(`GET /projects?${query}`, {}, person)
  return items.map(({ name }) => name)
}

test("the list pages to its end without gaps and without doubles", async () => {
  const person = await server.person()
  const all = ["one app", "two app", "three app", "four app", "five app"]
  for (const name of all) await create(name, person)
  const seen: string[] = []
  let cursor = ""
  for (const size of [2, 2, 1]) {
    const route = `GET /projects?limit=2${cursor && `&cursor=${cursor}`}`
    const page = await read<Page<Project>>(route, {}, person)
    expect(page.items).toHaveLength(size)
    seen.push(...page.items.map(({ name }) => name))
    cursor = page.nextCursor ?? ""
  }
  expect(cursor).toBe("")
  expect(seen).toEqual(all.toReversed())
})

test("the list is searched literally and filtered by state", async () => {
  const person = await server.person()
  for (const name of ["100% wool", "1000 wool"]) await create(name, person)
  expect(await names("search=0%25", person)).toEqual(["100% wool"])
  expect(await names("search=WOOL", person)).toHaveLength(2)
  expect(await names("state=empty", person)).toHaveLength(2)
  expect(await names("state=running", person)).toEqual([])
})

test.each([
  ["state=broken", 422],
  ["limit=0", 422],
  ["cursor=nonsense", 400],
  ["search=%00", 400],
  [`cursor=${encoded({ updatedAt: "2026-01-01T00:00:00Z", id: "\0" })}`, 400],
  [`cursor=${encoded({ updatedAt: "yesterday", id: "prj_1" })}`, 400],
])("a list asked for with %j answers %i", async (query, status) => {
  expect((await mara.call(`GET /projects?${query}`)).status).toBe(status)
})

test("a project shows what people may know and nothing of its observations", async () => {
  const id = await create("Shown")
  const project = await read<Project>(`GET /projects/${id}`)
  expect(project).toMatchObject({ id, name: "Shown", slug: "shown", state: "empty", version: 1 })
  expect(project.previewUrl).toBe("http://shown.preview.localhost:3000")
  expect(project).not.toHaveProperty("wanted")
})

test("a change based on an old version answers 412 and changes nothing", async () => {
  const id = await create("Versioned")
  const change = (name: string, version: number) =>
    mara.call(`PATCH /projects/${id}`, { body: { name }, headers: { "if-match": `"${version}"` } })
  expect(await change("Newer", 1)).toMatchObject({ status: 200, body: { version: 2 } })
  expect(await change("Older", 1)).toMatchObject({
    status: 412,
    body: { code: "version_mismatch" },
  })
  expect(await read<Project>(`GET /projects/${id}`)).toMatchObject({ name: "Newer", version: 2 })
})

test("a change of nothing, of an unknown value or with an invisible name answers 422", async () => {
  const id = await create("Unchanged")
  for (const body of [{}, { preview: "secret" }, { name: "a\u0000b" }]) {
    expect((await mara.call(`PATCH /projects/${id}`, { body })).status).toBe(422)
  }
})

test("a project without commits has no files, no history and no versions", async () => {
  const id = await create("Empty")
  expect(await read(`GET /projects/${id}/files`)).toEqual({ commit: null, items: [] })
  expect(await read(`GET /projects/${id}/commits`)).toEqual({ items: [], nextCursor: null })
  expect((await mara.call(`GET /projects/${id}/file?path=a`)).status).toBe(404)
})

test("what was committed is listed and read back at every version", async () => {
  const id = await create("Files")
  const first = await committed(id, { "a.txt": "one\n", "b/c.txt": "grüße" })
  const second = await committed(id, { "a.txt": "two\n", "b/c.txt": null })
  expect(second).toMatchObject({ parent: first.id, author: expect.any(String) })

  const files = await read<{ items: { path: string }[] }>(`GET /projects/${id}/files`)
  expect(files.items).toMatchObject([{ path: "a.txt", size: 4 }])
  const before = `GET /projects/${id}/file?path=b/c.txt&commit=${first.id}`
  expect(await read(before)).toEqual({
    path: "b/c.txt",
    content: "grüße",
    truncated: false,
    binary: false,
  })
  expect((await mara.call(`GET /projects/${id}/file?path=b/c.txt`)).status).toBe(404)
})

test("a long file is cut and a binary one is not shown, and both say so", async () => {
  const id = await create("Odd files")
  await committed(id, { long: "x".repeat(300_000), binary: "a\u0000b" })
  const long = await read<{ content: string }>(`GET /projects/${id}/file?path=long`)
  expect(long).toMatchObject({ truncated: true })
  expect(long.content).toHaveLength(262_144)
  expect(await read(`GET /projects/${id}/file?path=binary`)).toMatchObject({
    content: "",
    binary: true,
  })
})

test("a commit on an old parent answers 409 and writes nothing", async () => {
  const id = await create("Contested")
  const first = await committed(id, { a: "1" })
  const second = await committed(id, { a: "2" })
  for (const parent of [first.id, "f".repeat(40)]) {
    expect(await commit(id, { a: "3" }, { parent })).toMatchObject({
      status: 409,
      body: { code: "conflict" },
    })
  }
  expect(await read(`GET /projects/${id}/files`)).toMatchObject({ commit: second.id })
})

test("a commit that is refused says why, and makes no version", async () => {
  const id = await create("Refused")
  expect(await commit(id, { ".git/config": "x" })).toMatchObject({
    status: 422,
    body: { code: "path_refused" },
  })
  expect(await commit(id, { a: "ü".repeat(600_000) })).toMatchObject({
    status: 413,
    body: { code: "too_large" },
  })
  expect((await commit(id, {})).status).toBe(422)
  expect(await read(`GET /projects/${id}/files`)).toMatchObject({ commit: null })
})

test("a repeated key commits once, and is audited once", async () => {
  const id = await create("Repeated")
  const call = { body: { message: "once", changes: [{ path: "a", content: "1" }] } }
  const headers = { "idempotency-key": "commit-1" }
  const first = await mara.call(`POST /projects/${id}/commits`, { ...call, headers })
  const again = await mara.call(`POST /projects/${id}/commits`, { ...call, headers })
  expect([first.status, again.status]).toEqual([201, 201])
  expect(again.body).toEqual(first.body)
  expect((await read<Page<Commit>>(`GET /projects/${id}/commits`)).items).toHaveLength(1)
  const text = "select 1 from audit_records where subject = $1 and action = 'project.commit'"
  expect((await server.db.adminPool.query(text, [id])).rows).toHaveLength(1)
})

test("history pages from the newest commit to the first", async () => {
  const id = await create("History")
  const made = [await committed(id, { a: "1" }), await committed(id, { a: "2" })]
  const page = await read<Page<Commit>>(`GET /projects/${id}/commits?limit=1`)
  const rest = await read<Page<Commit>>(
    `GET /projects/${id}/commits?limit=1&cursor=${page.nextCursor}`,
  )
  expect([...page.items, ...rest.items]).toEqual(made.toReversed())
  expect(rest.nextCursor).toBeNull()
})

test("a diff is from the commit before unless another one is named", async () => {
  const id = await create("Compared")
  const first = await committed(id, { a: "1\n" })
  const second = await committed(id, { a: "2\n", b: "x\n" })
  const third = await committed(id, { b: null })
  const changes = async (query: string) => {
    const { files } = await read<{ files: FileDiff[] }>(`GET /projects/${id}/diff?${query}`)
    return files.map(({ path, change }) => `${change} ${path}`)
  }
  expect(await changes(`to=${first.id}`)).toEqual(["added a"])
  expect(await changes(`to=${second.id}`)).toEqual(["modified a", "added b"])
  expect(await changes(`from=${first.id}&to=${third.id}`)).toEqual(["modified a"])
})

test("a version that does not exist is 404, one that cannot exist 422", async () => {
  const id = await create("Versions")
  await committed(id, { a: "1" })
  const unknown = "f".repeat(40)
  const routes = [`files?commit=${unknown}`, `file?path=a&commit=${unknown}`, `diff?to=${unknown}`]
  for (const route of routes)
    expect(await mara.call(`GET /projects/${id}/${route}`)).toMatchObject({ status: 404 })
  expect((await mara.call(`GET /projects/${id}/files?commit=main`)).status).toBe(422)
})

test("a project is deleted by its typed name only, and then cannot be changed", async () => {
  const id = await create("Doomed")
  const remove = (name: string) => mara.call(`DELETE /projects/${id}`, { body: { name } })
  expect(await remove("doomed")).toMatchObject({
    status: 422,
    body: { fields: { "/name": expect.stringContaining("Doomed") } },
  })
  expect(await remove("Doomed")).toMatchObject({ status: 202, body: { state: "deleting" } })
  expect(await remove("Doomed"), "asking again is harmless").toMatchObject({ status: 202 })
  const late = [
    await mara.call(`PATCH /projects/${id}`, { body: { name: "Saved" } }),
    await commit(id, { a: "1" }),
  ]
  for (const answer of late)
    expect(answer).toMatchObject({ status: 409, body: { code: "wrong_state" } })
})

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url")
}
