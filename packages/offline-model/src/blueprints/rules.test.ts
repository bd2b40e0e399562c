import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, expect, test } from "vitest"
import type { AppSpec } from "./index.ts"
import { field, ownTests, removeFolders, run, served, written } from "./testing/app-folder.ts"

afterEach(removeFolders)

const clinic: AppSpec = {
  version: 1,
  name: "Vet clinic",
  unsupported: [],
  entities: [
    {
      ...{ name: "owner", plural: "owners", label: "Owner", labelPlural: "Owners" },
      filters: [],
      fields: [field("name", "text", { required: true }), field("balance", "money")],
    },
    {
      ...{ name: "pet", plural: "pets", label: "Pet", labelPlural: "Pets" },
      filters: [{ field: "owner" }],
      fields: [
        field("name", "text", { required: true }),
        field("owner", "reference", { to: "owners", required: true }),
        field("weight", "decimal", { unit: "kg", max: 200 }),
      ],
    },
    {
      ...{ name: "visit", plural: "visits", label: "Visit", labelPlural: "Visits" },
      filters: [{ field: "pet" }],
      fields: [
        field("date", "date"),
        field("price", "money", { unit: "€" }),
        field("status", "choice", { choices: ["open", "done"] }),
        field("pet", "reference", { to: "pets" }),
        field("paid", "flag"),
      ],
    },
  ],
}

test("an app whose records need others passes its own tests", () => {
  const { exitCode, output } = ownTests(written(clinic))
  expect(output).toMatch(/fail 0/)
  expect(output).toContain("price stays within its bounds, and the form names them")
  expect(output).toContain("a record with nothing filled in is refused, by the API and by the form")
  expect(exitCode).toBe(0)
})

test.for<[string, string, string, string]>([
  ["takes numbers below the lowest", "server/validate.js", "value < field.min", "false"],
  ["takes numbers above the highest", "server/validate.js", "value > field.max", "false"],
  ["keeps empty records", "server/validate.js", "telling.length > 0", "false"],
  [
    "says nothing about an empty form",
    "server/page-routes.js",
    "if (problem || Object",
    "if (Object",
  ],
  ["names no bounds in its forms", "pages/controls.js", "min === undefined ?", "true ?"],
  ["needs no owner", "server/validate.js", "return field.required ?", "return false ?"],
])("an app that %s fails its own tests", ([, path, find, replace]) => {
  const folder = written(clinic)
  const source = readFileSync(join(folder, path), "utf8")
  expect(source.split(find)).toHaveLength(2)
  writeFileSync(
    join(folder, path),
    source.replace(find, () => replace),
  )
  expect(ownTests(folder).exitCode).not.toBe(0)
})

test("records from before a rule are shown, and everything else in them can be changed", () => {
  const result = served(
    written(clinic),
    `const visits = spec.entities[2]
    store.create(visits, { price: -5, status: "called off" })
    store.create(visits, {})
    const pages = ["/visits", "/visits/1", "/visits/1/edit", "/visits/2", "/visits/2/edit"]
    const shown = await Promise.all(pages.map((path) => ask("GET", path)))
    const patched = await ask("PATCH", "/api/visits/1", { date: "2026-03-31" })
    const sent = await send("/visits/1", { date: "2026-04-01", price: "-5", status: "called off" })
    const lower = await ask("PATCH", "/api/visits/1", { price: -6 })
    const blank = await ask("PATCH", "/api/visits/2", { paid: true })
    const emptied = await ask("PATCH", "/api/visits/1", { date: null, price: null, status: null })
    result = {
      shown: shown.map(({ status }) => status),
      named: shown[0].text.includes(">Visit 2</a>"),
      offers: shown[2].text.includes('<option value="called off" selected>'),
      changes: [patched, sent, lower, blank, emptied].map(({ status }) => status),
      now: store.find(visits, 1).date,
    }`,
  )
  expect(result).toEqual({
    shown: [200, 200, 200, 200, 200],
    named: true,
    offers: true,
    changes: [200, 303, 422, 200, 422],
    now: "2026-04-01",
  })
}, 20_000)

test("a select with nothing to choose from leads to the first owner, and back with it", () => {
  const result = served(
    written(clinic),
    `const before = (await ask("GET", "/pets/new")).text
    const link = before.match(/<a href="([^"]+)">Add an owner first</)?.[1]
    const form = (await ask("GET", link)).text
    const action = form.match(/action="([^"]+)"/)[1]
    const refused = await send(action, { name: "" })
    const saved = await send(action, { name: "Ada" })
    const after = (await ask("GET", saved.to)).text
    const strange = await send("/owners?_for=pets.name", { name: "Grace" })
    result = {
      link,
      keptAction: refused.text.includes(action),
      to: saved.to,
      chosen: after.includes('<option value="1" selected>Ada</option>'),
      hintIsGone: !after.includes("Add an owner first"),
      strange: strange.to,
    }`,
  )
  expect(result).toEqual({
    link: "/owners/new?_for=pets.owner",
    keptAction: true,
    to: "/pets/new?owner=1",
    chosen: true,
    hintIsGone: true,
    strange: "/owners",
  })
}, 20_000)

test("what a started app says is its name and its port, not an address", () => {
  const said = run(
    written(clinic),
    `process.env.PORT = "0"
     const write = process.stdout.write.bind(process.stdout)
     process.stdout.write = (text) => (write(text), process.exit())
     await import("./server.js")`,
  )
  expect(said).toMatch(/^Vet clinic listens on port \d+\n$/)
}, 20_000)

test("a record that others need says which before it is deleted, and goes once they are gone", () => {
  const result = served(
    written(clinic),
    `await ask("POST", "/api/owners", { name: "Ada" })
    await ask("POST", "/api/pets", { name: "Rex", owner: 1, weight: 3.5 })
    const owner = (await ask("GET", "/owners/1")).text
    const question = (await ask("GET", "/owners/1/delete")).text
    const refused = [await ask("DELETE", "/api/owners/1"), await send("/owners/1/delete", {})]
    await ask("DELETE", "/api/pets/1")
    const after = (await ask("GET", "/owners/1/delete")).text
    const gone = await send("/owners/1/delete", {})
    result = {
      tells: /Rex<.*3\\.5.* kg/s.test(owner),
      names: question.includes('<a href="/pets?owner=1">1 pet</a>'),
      offers: [question, after].map((page) => page.includes('<form method="post"')),
      refused: refused.map(({ status }) => status),
      gone: gone.status,
      left: store.find(spec.entities[0], 1) ?? null,
    }`,
  )
  expect(result).toEqual({
    tells: true,
    names: true,
    offers: [false, true],
    refused: [409, 409],
    gone: 303,
    left: null,
  })
}, 20_000)
