import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type DataModel, dataModel } from "@vibecaas/contract/data-model"
import { problemsOf } from "@vibecaas/contract/data-model-rules"
import { afterAll, expect, test } from "vitest"
import { clinic, club, studio } from "../testing/models.ts"
import { ownTests, removeFolders, run, written } from "../testing/record-keeper-folder.ts"

afterAll(removeFolders)

const known: [string, DataModel][] = [
  ["everything that can be kept", studio],
  ["something for some people", club],
  ["records that need others", clinic],
]

test.for(known)("an app that keeps %s passes its own tests", async ([, model], { expect }) => {
  expect(dataModel.safeParse(model).error).toBeUndefined()
  expect(problemsOf(model)).toEqual([])
  const { passed, output } = await ownTests(written(model))
  expect(passed, output.slice(-4000)).toBe(true)
})

interface Mistake {
  does: string
  of: DataModel
  /** the app's test that has to see it */
  seenBy: string
  path: string
  find: string
  replace: string
}

const mistakes: Mistake[] = [
  {
    ...{ does: "drops a field", of: studio, seenBy: "records", path: "server/store.js" },
    find: "if (Object.hasOwn(values, field.name))",
    replace: 'if (field.name !== "budget" && Object.hasOwn(values, field.name))',
  },
  {
    ...{ does: "answers 500", of: studio, seenBy: "records", path: "server/api.js" },
    find: "  const record = writeRecord(app, { entity, input: await readJson(request) })",
    replace: '  throw new Error("broken")\n  const record = {}',
  },
  {
    ...{ does: "forgets to save", of: studio, seenBy: "records", path: "server/store.js" },
    find: "const db = new DatabaseSync(place)",
    replace: 'const db = new DatabaseSync(":memory:")',
  },
  {
    ...{ does: "shows no records", of: clinic, seenBy: "views", path: "pages/list.js" },
    ...{ find: "items.map(row)", replace: "[]" },
  },
  {
    ...{ does: "checks nothing", of: studio, seenBy: "records", path: "server/validate.js" },
    find: "if (error) errors[field.name] = error",
    replace: "if (false) errors[field.name] = error",
  },
  {
    ...{ does: "downloads more than is shown", of: clinic, seenBy: "views", path: "pages/list.js" },
    ...{ find: 'found.set("_view", view.name)', replace: "" },
  },
  {
    ...{ does: "takes too low numbers", of: clinic, seenBy: "records", path: "server/validate.js" },
    ...{ find: "value < field.min", replace: "false" },
  },
  {
    ...{
      does: "takes too high numbers",
      of: clinic,
      seenBy: "records",
      path: "server/validate.js",
    },
    ...{ find: "value > field.max", replace: "false" },
  },
  {
    ...{ does: "keeps empty records", of: clinic, seenBy: "records", path: "server/validate.js" },
    ...{ find: "telling.length > 0", replace: "false" },
  },
  {
    ...{
      does: "takes an empty form",
      of: clinic,
      seenBy: "records",
      path: "server/page-routes.js",
    },
    ...{ find: "if (problem || Object", replace: "if (Object" },
  },
  {
    ...{ does: "names no bounds", of: clinic, seenBy: "records", path: "pages/controls.js" },
    ...{ find: "min === undefined ?", replace: "true ?" },
  },
  {
    ...{ does: "needs no owner", of: clinic, seenBy: "records", path: "server/validate.js" },
    ...{ find: "return field.required ?", replace: "return false ?" },
  },
  {
    ...{ does: "ignores defaults", of: studio, seenBy: "records", path: "server/validate.js" },
    ...{ find: "(defaultOf(field) ?? null)", replace: "null" },
  },
  {
    ...{ does: "forgets relations", of: studio, seenBy: "records", path: "server/columns.js" },
    ...{ find: "JSON.parse(value)", replace: "[]" },
  },
  {
    ...{ does: "counts wrongly", of: studio, seenBy: "computed", path: "server/computed.js" },
    ...{ find: "count(*)", replace: "count(*) + 1" },
  },
  {
    ...{ does: "forgets the tax", of: studio, seenBy: "computed", path: "server/computed.js" },
    ...{ find: "formula.factor ?? 1) * 1e6", replace: "1) * 1e6" },
  },
  {
    ...{ does: "adds for minus", of: studio, seenBy: "computed", path: "server/computed.js" },
    ...{ find: '.join(" - ")', replace: '.join(" + ")' },
  },
  {
    ...{ does: "counts days badly", of: studio, seenBy: "computed", path: "server/computed.js" },
    ...{ find: "date('now', 'localtime')", replace: "date('now', 'localtime', '+1 day')" },
  },
  {
    ...{ does: "filters no view", of: studio, seenBy: "views", path: "server/query.js" },
    ...{ find: "query.view?.filter ?? []", replace: "[]" },
  },
  {
    ...{ does: "counts no choices", of: studio, seenBy: "views", path: "pages/views.js" },
    ...{ find: "counts.get(value) ?? 0", replace: "0" },
  },
  {
    ...{ does: "moves no card", of: studio, seenBy: "views", path: "server/page-routes.js" },
    ...{ find: "input: { [field.name]: value }", replace: "input: {}" },
  },
  {
    ...{ does: "misses a day", of: studio, seenBy: "views", path: "pages/calendar.js" },
    ...{ find: "record[view.by].slice(0, 10)", replace: '"2000-01-01"' },
  },
  {
    ...{ does: "orders wrongly", of: studio, seenBy: "filters", path: "server/query.js" },
    ...{ find: 'descending ? "DESC" : "ASC"', replace: '"ASC"' },
  },
  {
    ...{ does: "lets all look", of: club, seenBy: "access", path: "server/access.js" },
    ...{ find: 'read: (entity) => allowed(entity, "read")', replace: "read: () => true" },
  },
  {
    ...{ does: "lets all write", of: club, seenBy: "access", path: "server/access.js" },
    ...{ find: 'add: (entity) => allowed(entity, "write")', replace: "add: () => true" },
  },
  {
    ...{ does: "tells names", of: club, seenBy: "access", path: "pages/titles.js" },
    ...{ find: "if (!may.read(target)) return []", replace: "" },
  },
  {
    ...{ does: "takes any password", of: club, seenBy: "access", path: "server/accounts.js" },
    ...{ find: "if (!row || !right)", replace: "if (!row)" },
  },
  {
    ...{ does: "converts by force", of: clinic, seenBy: "migrate", path: "server/migrate.js" },
    ...{
      find: "if (!next) throw cannot",
      replace: "if (!next) continue\n    if (!next) throw cannot",
    },
  },
  {
    ...{ does: "loses the old name", of: clinic, seenBy: "migrate", path: "server/spec.js" },
    ...{ find: "field.column ?? field.name", replace: "field.name" },
  },
]

test.for(mistakes)("an app that $does fails its own tests", async (mistake, { expect }) => {
  const { of, seenBy, path, find, replace } = mistake
  const folder = written(of)
  const file = join(folder, path)
  const source = readFileSync(file, "utf8")
  expect(source.split(find), `“${find}” occurs once`).toHaveLength(2)
  writeFileSync(
    file,
    source.replace(find, () => replace),
  )
  const { passed, output } = await ownTests(folder, `test/${seenBy}.test.js`)
  expect(passed, output.slice(-4000)).toBe(false)
})

test("an app that listens has not loaded Node's HTTP client, which takes longer than the app", () => {
  const loaded = run(
    written(studio),
    `process.env.PORT = "0"
     const write = process.stdout.write.bind(process.stdout)
     process.stdout.write = () => (write(process.moduleLoadList.join()), process.exit())
     await import("./server.js")`,
  )
  expect(loaded).toContain("NativeModule http")
  expect(loaded).not.toContain("undici/undici")
}, 20_000)
