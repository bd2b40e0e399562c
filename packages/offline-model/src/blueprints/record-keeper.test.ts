import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, expect, test } from "vitest"
import { type AppSpec, changesBetween, renderApp } from "./index.ts"
import { field, ownTests, put, removeFolders, run, written } from "./testing/app-folder.ts"

afterEach(removeFolders)

const every: AppSpec = {
  version: 1,
  name: "Studio <b>& Co</b>",
  unsupported: ["No payments are taken."],
  entities: [
    {
      ...{ name: "client", plural: "clients", label: "Client", labelPlural: "Clients" },
      filters: [],
      fields: [
        field("name", "text", { required: true }),
        field("email", "email"),
        field("phone", "phone"),
        field("site", "url"),
        field("color", "color"),
        field("notes", "long_text"),
      ],
    },
    {
      ...{ name: "project", plural: "projects", label: "Project", labelPlural: "Projects" },
      filters: ["client", "deadline", "budget", "status", "done", "score"].map((name) => ({
        field: name,
      })),
      sort: { field: "deadline", direction: "asc" },
      suggestion: {
        title: "Suggested next project",
        open: "done",
        rating: "score",
        like: ["status"],
      },
      fields: [
        field("name", "text", { required: true }),
        field("client", "reference", { to: "clients" }),
        field("deadline", "date"),
        field("kick_off", "datetime"),
        field("daily_call", "time"),
        field("budget", "money", { unit: "€" }),
        field("status", "choice", { choices: ["lead", "active", "done"] }),
        field("done", "flag", { closes: true }),
        field("score", "rating", { min: 1, max: 10 }),
        field("weight", "decimal", { unit: "kg" }),
        field("pages", "whole_number", { min: 0 }),
      ],
    },
  ],
}

test("an app with every type of field passes its own tests", () => {
  const { exitCode, output } = ownTests(written(every))
  expect(output).toMatch(/# fail 0|fail 0/)
  expect(exitCode).toBe(0)
})

test.for<[string, string, string, string]>([
  [
    "drops a field",
    "server/store.js",
    "if (Object.hasOwn(values, field.name))",
    'if (field.name !== "budget" && Object.hasOwn(values, field.name))',
  ],
  [
    "answers 500",
    "server/api.js",
    "  const record = writeRecord(app, { entity, input: await readJson(request) })",
    '  throw new Error("broken")\n  const record = {}',
  ],
  [
    "forgets to save",
    "server/store.js",
    'const db = new DatabaseSync(join(folder, "records.db"))',
    'const db = new DatabaseSync(":memory:")',
  ],
  ["shows no records", "pages/list.js", "items.map(row)", "[]"],
  [
    "checks nothing",
    "server/validate.js",
    "if (error) errors[field.name] = error",
    "if (false) errors[field.name] = error",
  ],
  [
    "loses a field of its description",
    "app.json",
    '{ "name": "budget", "label": "Budget", "type": "money", "required": false, "unit": "€", "min": 0 },',
    "",
  ],
])("an app that %s fails its own tests", ([, path, find, replace]) => {
  const folder = written(every)
  const file = join(folder, path)
  const source = readFileSync(file, "utf8")
  expect(source.split(find)).toHaveLength(2)
  writeFileSync(
    file,
    source.replace(find, () => replace),
  )
  expect(ownTests(folder).exitCode).not.toBe(0)
})

test("an app that listens has not loaded Node's HTTP client, which takes longer than the app", () => {
  const loaded = run(
    written(every),
    `process.env.PORT = "0"
     const write = process.stdout.write.bind(process.stdout)
     process.stdout.write = () => (write(process.moduleLoadList.join()), process.exit())
     await import("./server.js")`,
  )
  expect(loaded).toContain("NativeModule http")
  expect(loaded).not.toContain("undici/undici")
}, 20_000)

test("a spec that stays the same changes no file", () => {
  const paths = renderApp(every).map(({ path }) => path)
  expect(changesBetween(every, structuredClone(every), paths)).toEqual([])
})

test("a removed kind of record takes its tests along", () => {
  const next = structuredClone(every)
  next.entities.pop()
  const paths = renderApp(every).map(({ path }) => path)
  const changes = changesBetween(every, next, paths)
  expect(changes).toContainEqual({ kind: "delete", path: "test/projects.test.js", role: "testing" })
  expect(changes.some(({ path }) => path.startsWith("pages/"))).toBe(false)
})

test("a field that changes its type takes over the values that fit", () => {
  const folder = written(every)
  const script = (values: string) => `
    import { openStore } from "./server/store.js"
    import { readSpec } from "./server/spec.js"
    const spec = readSpec()
    const store = openStore(spec, "./data")
    ${values}
    store.close()`
  run(
    folder,
    script(
      `for (const site of ["12", "twelve", "7.50"]) store.create(spec.entities[0], { name: site, site })`,
    ),
  )
  const next = structuredClone(every)
  const fields = next.entities[0]?.fields ?? []
  fields[3] = { ...field("site", "money"), column: "site_money", copyFrom: "site" }
  for (const change of changesBetween(every, next, []))
    if (change.kind === "write") put(folder, change.path, change.content)
  const shown = run(
    folder,
    script(
      `console.log(JSON.stringify(store.list(spec.entities[0], { text: "", sort: "name", limit: 9, offset: 0, params: new URLSearchParams() }).items.map((each) => each.site)))`,
    ),
  )
  expect(JSON.parse(shown)).toEqual([12, 7.5, null])
}, 20_000)
