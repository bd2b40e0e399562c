import { text } from "node:stream/consumers"
import type { DataFiles, ImportedRows, RowsPage } from "@vibecaas/contract/app-data"
import type { IdOf } from "@vibecaas/contract/kinds"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { FileContent } from "../../core/kind.ts"
import { listBackups } from "../backups/queries.ts"
import { type MachineWorld, machineWorld } from "../testing/machine-world.ts"

let world: MachineWorld
let projectId: IdOf<"project">
let slug: string

/** Keeps books in SQLite, as apps do: with a journal beside the file, open all the time. */
const app = `
const { DatabaseSync } = require("node:sqlite"), path = require("node:path")
const db = new DatabaseSync(path.join(process.env.DATA_DIR, "app.sqlite"))
db.exec("pragma journal_mode = wal")
db.exec('create table if not exists books (id integer primary key, title text not null unique, pages integer, cover blob)')
db.exec('create table if not exists "od""d; drop table books" ("a ""b" text)')
const fs = require("node:fs")
const put = (url, body) => {
  const file = path.join(process.env.DATA_DIR, decodeURIComponent(url))
  fs.mkdirSync(path.dirname(file), { recursive: true })
  if (body.startsWith("-> ")) fs.symlinkSync(body.slice(3), file)
  else fs.writeFileSync(file, body)
  return "done"
}
require("node:http").createServer((req, res) => {
  if (req.method === "PUT") req.setEncoding("utf8").toArray().then((all) => res.end(put(req.url, all.join(""))))
  else if (req.method === "POST") req.on("data", (c) => db.exec(String(c))).on("end", () => res.end("done"))
  else res.end(JSON.stringify(db.prepare("select title, pages from books order by id").all()))
}).listen(process.env.PORT, process.env.HOST)
`

beforeAll(async () => {
  world = await machineWorld()
  const made = await world.project("Books")
  projectId = made.id
  slug = made.slug
  await world.run(projectId, await world.push(projectId, { "server.js": app }))
})
afterAll(() => world?.close())

const sql = (body: string) => world.get(slug, "/", { method: "POST", body })
const books = async () => JSON.parse((await world.get(slug, "/")).body)
const of = { database: "app.sqlite", table: "books" }

/** What a route answers; handlers read no more of their request than these. */
function call<T>(name: string, request: { query?: object; bytes?: Uint8Array }): Promise<T> {
  const handlers = world.server.apps.kind.handlers as unknown as Record<
    string,
    (request: unknown) => Promise<T>
  >
  const { query = {}, bytes } = request
  return world.act(async (ctx) => {
    const handle = handlers[name]
    if (!handle) throw new Error(`${name} has no handler`)
    return handle({ ctx, params: { projectId }, query, raw: { bytes } })
  })
}

const rows = (query: object = {}) =>
  call<RowsPage>("GET /projects/{projectId}/rows", {
    query: { ...of, descending: "false", limit: 50, offset: 0, ...query },
  })
const file = async (name: string, query: object) => {
  const { pieces } = await call<FileContent>(name, { query })
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(Buffer.from(piece))
  return Buffer.concat(all)
}
const bring = (content: string, query: object = {}) =>
  call<ImportedRows>("POST /projects/{projectId}/rows/file", {
    query: { ...of, format: "csv", dryRun: "false", replace: "false", ...query },
    bytes: Buffer.from(content),
  })

test("an app's databases are listed with their tables while it has them open", async () => {
  await sql(
    "delete from books; insert into books (title, pages) values ('Dune', 412), ('Emma', 474)",
  )
  const { items } = await call<{ items: unknown[] }>("GET /projects/{projectId}/databases", {})
  expect(items).toMatchObject([
    {
      path: "app.sqlite",
      failure: null,
      tables: [
        { name: "books", rows: 2, columns: [{ name: "id", key: true }, { name: "title" }, {}, {}] },
        { name: 'od"d; drop table books', rows: 0 },
      ],
    },
  ])
})

test("rows are sorted and searched; long texts are cut, bytes are counted", async () => {
  const long = "x".repeat(1000)
  await sql(
    `delete from books; insert into books values (1, 'Dune', 412, null), (2, 'Emma', 474, x'0102'), (3, '${long}', null, null)`,
  )
  const sorted = await rows({ sort: "pages", descending: "true", limit: 2 })
  expect(sorted.total).toBe(3)
  expect(sorted.rows).toEqual([
    [2, "Emma", 474, { bytes: 2 }],
    [1, "Dune", 412, null],
  ])
  expect((await rows({ search: "DUN" })).rows).toEqual([[1, "Dune", 412, null]])
  expect((await rows({ offset: 2 })).rows[0]?.[1]).toEqual({ text: "x".repeat(300), length: 1000 })
})

test("no name is ever part of a statement", async () => {
  await sql("delete from books; insert into books (title) values ('Dune')")
  const odd = 'od"d; drop table books'
  expect((await rows({ table: odd })).columns).toMatchObject([{ name: 'a "b' }])
  for (const query of [
    { table: "books; drop table books" },
    { sort: "pages; drop table books" },
    { database: "server.js" },
    { table: "sqlite_schema" },
  ]) {
    await expect(rows(query)).rejects.toMatchObject({ code: "invalid" })
  }
  expect((await rows({ search: "' or 1=1 --" })).rows).toEqual([])
  expect(await books()).toEqual([{ title: "Dune", pages: null }])
})

test("a table is exported as CSV and JSON, and comes back as it was", async () => {
  await sql(
    `delete from books; insert into books values (1, 'a "b", c', 1, x'00ff'), (2, '=1+1', null, null), (3, '', 9007199254740993, null)`,
  )
  const csv = await file("GET /projects/{projectId}/rows/file", { ...of, format: "csv" })
  expect(csv.toString()).toContain(`2,'=1+1,,\r\n`)
  const before = await rows()
  for (const format of ["csv", "json"]) {
    const content = await file("GET /projects/{projectId}/rows/file", { ...of, format })
    await bring(content.toString(), { format, replace: "true" })
    expect(await rows()).toEqual(before)
  }
})

test("rows come in all or none: what does not fit is told by line, and nothing is written", async () => {
  await sql("delete from books; insert into books (title, pages) values ('Dune', 412)")
  const bad = await bring("title,pages\nEmma,many\nDune,1\n,3\nPersuasion,200\n")
  expect(bad).toMatchObject({ rows: 4, added: 0, backupId: null })
  expect(bad.errors).toEqual([
    { line: 2, say: "pages: “many” is no number." },
    { line: 3, say: "UNIQUE constraint failed: books.title." },
    { line: 4, say: "NOT NULL constraint failed: books.title." },
  ])
  const dry = await bring("title;pages\nEmma;474\n", { dryRun: "true" })
  expect(dry).toEqual({ rows: 1, added: 0, errors: [], backupId: null })
  expect(await books()).toEqual([{ title: "Dune", pages: 412 }])
  const done = await bring("title;pages\nSanditon;474\n")
  expect(done).toMatchObject({ rows: 1, added: 1 })
  expect((await books()).at(-1)).toEqual({ title: "Sanditon", pages: 474 })
  const page = { limit: 1, before: undefined }
  const [backup] = await world.act((ctx) => listBackups(ctx.db, projectId, page))
  expect(backup).toMatchObject({ id: done.backupId, reason: "import", state: "kept" })
  if (backup) expect(await text(await world.snapshots.read(backup))).not.toContain("Sanditon")
})

test.each([
  ["no CSV", { bytes: '"never closed' }],
  ["no JSON", { bytes: "{}", format: "json" }],
  ["no text", { bytes: Buffer.from([0xff, 0xfe, 0xff]) }],
  ["nothing", { bytes: "title\n" }],
])("%s is refused in words", async (_, { bytes, ...query }) => {
  const asked = call("POST /projects/{projectId}/rows/file", {
    query: { ...of, format: "csv", dryRun: "false", replace: "false", ...query },
    bytes: Buffer.from(bytes),
  })
  await expect(asked).rejects.toMatchObject({ code: "invalid", say: expect.stringMatching(/\.$/) })
})

test("a whole database is taken away, and put back in the place of what was written since", async () => {
  await sql("delete from books; insert into books (title, pages) values ('Dune', 412)")
  const whole = await file("GET /projects/{projectId}/databases/file", { database: of.database })
  expect(whole.toString("latin1", 0, 15)).toBe("SQLite format 3")
  await sql("delete from books")
  const put = (bytes: Uint8Array) =>
    call("PUT /projects/{projectId}/databases/file", { query: { database: of.database }, bytes })
  await expect(put(Buffer.from("no database"))).rejects.toMatchObject({ code: "invalid" })
  const spoilt = Buffer.from(whole)
  spoilt.fill(7, 4096)
  await expect(put(spoilt)).rejects.toMatchObject({ code: "invalid" })
  expect(await books()).toEqual([])
  expect(await put(whole)).toMatchObject({ backupId: expect.stringMatching(/^bak_/) })
  await world.until(projectId, { app: { state: "running" } })
  await expect.poll(books).toEqual([{ title: "Dune", pages: 412 }])
})

test("the files of an app are listed by what they take, and one is deleted by its path alone", async () => {
  const put = (path: string, body: string) => world.get(slug, path, { method: "PUT", body })
  await put("/films/a%20film.mp4", "x".repeat(300_000))
  await put("/link", "-> /etc")
  const list = () => call<DataFiles>("GET /projects/{projectId}/data-files", {})
  const before = await list()
  expect(before.items[0]).toMatchObject({ path: "films/a film.mp4", bytes: 300_000 })
  expect(before.items.map(({ path }) => path)).toContain("app.sqlite")
  expect(before.files).toBe(before.items.length)
  expect(before.bytes).toBeGreaterThan(300_000)
  expect(before.bytesMax).toBeGreaterThan(before.bytes)
  const remove = (path: string) =>
    call("DELETE /projects/{projectId}/data-files", { query: { path } })
  for (const path of ["films", "link/passwd", "gone.txt", "app.sqlite/x"]) {
    await expect(remove(path)).rejects.toMatchObject({ code: "not_found" })
  }
  await remove("films/a film.mp4")
  await remove("link")
  const after = await list()
  expect(after.bytes).toBeLessThan(before.bytes - 290_000)
  expect(after.items.map(({ path }) => path)).not.toContain("link")
})
