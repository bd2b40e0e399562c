import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import type { ProjectDataModel } from "@vibecaas/contract/app-data-model"
import { type DataModel, readDataModel, writeDataModel } from "@vibecaas/contract/data-model"
import type { IdOf } from "@vibecaas/contract/kinds"
import { isFault } from "@vibecaas/kernel/fault"
import { afterAll, beforeAll, expect, test } from "vitest"
import { notesApp } from "./testing/apps.ts"
import { books } from "./testing/data-models.ts"
import { type MachineWorld, machineWorld } from "./testing/machine-world.ts"

let world: MachineWorld
beforeAll(async () => {
  world = await machineWorld()
})
afterAll(() => world.close())

const starter = join(import.meta.dirname, "../../../../starters/record-keeper/files")

/** The starter's files but for its tests, with another model. */
function filesWith(model: DataModel): Record<string, string> {
  const paths = readdirSync(starter, { recursive: true, encoding: "utf8" })
  const files = paths.filter((path) => statSync(join(starter, path)).isFile())
  const kept = files.filter((path) => !/^(test|testing|data)\//.test(path))
  const entries = kept.map((path) => [path, readFileSync(join(starter, path), "utf8")])
  return { ...Object.fromEntries(entries), "app.json": writeDataModel(model) }
}

async function recordKeeper(name: string) {
  const { id, slug } = await world.project(name)
  await world.run(id, await world.push(id, filesWith(books)))
  return { id, slug }
}

/** What the routes answer; their handlers read no more of a request than these. */
const show = (projectId: IdOf<"project">) =>
  world.act(async (ctx) => {
    const handler = world.server.apps.kind.handlers["GET /projects/{projectId}/data-model"]
    return (await handler({ ctx, params: { projectId }, query: {} } as never)) as ProjectDataModel
  })
const change = (projectId: IdOf<"project">, model: DataModel, ifMatch?: string) =>
  world.act(async (ctx) => {
    const handler = world.server.apps.kind.handlers["PUT /projects/{projectId}/data-model"]
    const request = { ctx, params: { projectId }, body: { model }, ifMatch }
    return (await handler(request as never)) as ProjectDataModel
  })

const add = (slug: string, body: object) =>
  world.get(slug, "/api/books", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  })

const withField = (field: DataModel["entities"][number]["fields"][number]): DataModel => {
  const model = structuredClone(books)
  model.entities[0]?.fields.push(field)
  return model
}
const year = { name: "year", label: "Year", type: "whole_number", required: false } as const

test("a field that is added is one commit of app.json, runs at once, and keeps the records", async () => {
  const { id, slug } = await recordKeeper("Library")
  expect((await add(slug, { title: "Solaris" })).status).toBe(201)
  const before = await show(id)
  expect(before).toMatchObject({ model: books, records: { books: 1 } })

  const { commit } = await change(id, withField(year), before.commit)
  await world.until(id, { app: { state: "running", commit } })
  expect(JSON.parse((await world.get(slug, "/api/books/1")).body)).toMatchObject({
    ...{ title: "Solaris", year: null },
  })
  const repository = world.repositories.of(id)
  expect((await repository.diff(before.commit, commit)).map(({ path }) => path)).toEqual([
    "app.json",
  ])
  expect((await repository.log({ limit: 1 }))[0]?.message).toBe("Adds Year to Books")
  expect((await show(id)).commit).toBe(commit)
}, 60_000)

test("a type that one record cannot take is taken back, and says which; the records are there", async () => {
  const { id, slug } = await recordKeeper("Shelf")
  await add(slug, { title: "Solaris", pages: "204" })
  await add(slug, { title: "Dune", pages: "many" })
  const model = structuredClone(books)
  Object.assign(model.entities[0]?.fields[1] ?? {}, { type: "whole_number" })
  const { commit } = await change(id, model)
  await world.until(id, { app: { state: "running", commitRefused: commit } })
  const app = await world.app(id)
  expect(app?.logTail.join("\n")).toContain(
    "Book 2 (“Dune”): Pages “many” cannot become whole number. Nothing was changed.",
  )
  expect(JSON.parse((await world.get(slug, "/api/books/2")).body)).toMatchObject({ pages: "many" })
}, 60_000)

test("a change that is based on an older commit changes nothing", async () => {
  const { id } = await world.project("Twice")
  const first = await world.push(id, filesWith(books))
  await change(id, withField(year), first)
  const again = change(id, withField({ ...year, name: "isbn" }), first)
  await expect(again).rejects.toSatisfy((error) => isFault(error, "version_mismatch"))
  expect((await show(id)).model.entities[0]?.fields).toHaveLength(3)
})

test("what is wrong in a model is said at its place, and nothing is written", async () => {
  const { id } = await world.project("Wrong")
  const first = await world.push(id, filesWith(books))
  const wrong = withField({ name: "title", label: "Kind", type: "choice", required: false })
  const error = await change(id, wrong).catch((reason: unknown) => reason)
  if (!isFault(error, "invalid")) throw error
  expect(error.fields).toEqual({
    "/model/entities/0/fields/2/name": "Another field is called this already.",
    "/model/entities/0/fields/2/choices": "Say what can be chosen.",
  })
  expect(await world.repositories.of(id).head()).toBe(first)
})

test("a model that is larger than what is read back is refused, and nothing is written", async () => {
  const { id } = await world.project("Large")
  const first = await world.push(id, filesWith(books))
  const choices = Array.from({ length: 30 }, (_, at) => `Choice ${at} `.padEnd(60, "x"))
  const fields = Array.from({ length: 40 }, (_, at) => ({
    ...{ name: `field${at}`, label: `Field ${at}`, type: "choice" as const },
    ...{ required: false, choices },
  }))
  const entities = Array.from({ length: 4 }, (_, at) => ({
    ...{ name: `thing${at}`, plural: `things${at}`, filters: [], fields },
    ...{ label: `Thing ${at}`, labelPlural: `Things ${at}` },
  }))
  const error = await change(id, { ...books, entities: [...books.entities, ...entities] }).catch(
    (reason: unknown) => reason,
  )
  if (!isFault(error, "too_large")) throw error
  expect(error.say).toContain("A data model may have 256 KiB")
  expect(await show(id)).toMatchObject({ commit: first, model: books })
})

test("a change whose machine the plan has no room for leaves no commit", async () => {
  const { id } = await world.project("Refused")
  const first = await world.push(id, filesWith(books))
  const { organizationId } = world.org
  await world.db.adminPool.query(
    "insert into quota_reservations (organization_id, resource, subject, amount) values ($1, 'machines', 'others', 1000000)",
    [organizationId],
  )
  const refused = change(id, withField(year))
  await expect(refused).rejects.toSatisfy((error) => isFault(error, "quota_exceeded"))
  expect(await world.repositories.of(id).head()).toBe(first)
  await world.db.adminPool.query("delete from quota_reservations where subject = 'others'")
})

test("a removed field is retired, and an unchanged model is no commit", async () => {
  const { id } = await world.project("Less")
  await world.push(id, filesWith(books))
  const model = structuredClone(books)
  model.entities[0]?.fields.pop()
  const { commit } = await change(id, model)
  const file = await world.repositories.of(id).read(commit, "app.json", 100_000)
  const written = readDataModel(String(file?.content))
  expect(written?.entities[0]?.retired).toMatchObject([{ column: "pages" }])
  expect((await change(id, (await show(id)).model)).commit).toBe(commit)
})

test("an app without a data model says that it has none", async () => {
  const { id } = await world.project("Notes")
  const none = /This app has no data model/
  await expect(show(id)).rejects.toThrow(none)
  await world.push(id, { "server.js": notesApp })
  await expect(show(id)).rejects.toThrow(none)
  await world.push(id, { "app.json": '{"lists":[]}' })
  await expect(show(id)).rejects.toThrow("no data model that can be read")
  await expect(change(id, books)).rejects.toSatisfy((error) => isFault(error, "not_found"))
})
