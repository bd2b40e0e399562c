import type { DataModel, Entity, Field } from "@vibecaas/contract/data-model"
import { settleChange } from "@vibecaas/contract/data-model-change"
import { afterEach, expect, test } from "vitest"
import { describe, field, removeFolders, run, written } from "../testing/record-keeper-folder.ts"

afterEach(removeFolders)

const list = (plural: string, fields: Field[]): Entity => ({
  ...{ name: plural, plural, label: plural, labelPlural: plural, filters: [] },
  fields,
})
const model = (...entities: Entity[]): DataModel => ({
  ...{ version: 1, name: "Shop", unsupported: [], entities },
})

const before = model(
  list("clients", [field("name", "text", { required: true }), field("size", "text")]),
  list("orders", [
    field("client", "reference", { to: "clients" }),
    field("price", "whole_number"),
    field("state", "choice", { choices: ["new", "sent"] }),
  ]),
)

const opened = (script: string) => `
  import { openStore } from "./server/store.js"
  import { readSpec } from "./server/spec.js"
  const spec = readSpec()
  const store = openStore(spec, "./data")
  const all = (plural) => store.list(spec.entities.find((each) => each.plural === plural),
    { text: "", sort: "", limit: 99, offset: 0, params: new URLSearchParams() }).items
    .map(({ created_at, updated_at, ...rest }) => rest).reverse()
  ${script}
  store.close()`

/** An app with two clients and an order. */
function shop(): string {
  const folder = written(before)
  run(
    folder,
    opened(`
    store.create(spec.entities[0], { name: "Ada", size: "12" })
    store.create(spec.entities[0], { name: "Bob", size: "large" })
    store.create(spec.entities[1], { client: 1, price: 5, state: "new" })`),
  )
  return folder
}

/** What a list has after the app started with another model, as a person's save would settle it. */
function after(folder: string, from: DataModel, to: DataModel) {
  const { model: next, problems } = settleChange(from, to)
  expect(problems).toEqual([])
  describe(folder, next)
  return { next, of: (plural: string) => read(folder, plural) }
}

const read = (folder: string, plural: string) =>
  JSON.parse(run(folder, opened(`console.log(JSON.stringify(all("${plural}")))`)))

test("a renamed list and a renamed field keep their records, and relations to them", () => {
  const to = structuredClone(before)
  const [clients, orders] = to.entities
  if (!clients || !orders) throw new Error("two lists")
  Object.assign(clients, { plural: "customers", table: "clients" })
  Object.assign(clients.fields[1] ?? {}, { name: "extent", column: "size" })
  Object.assign(orders.fields[0] ?? {}, { to: "customers" })
  const { of } = after(shop(), before, to)
  expect(of("customers")).toEqual([
    { id: 1, name: "Ada", extent: "12" },
    { id: 2, name: "Bob", extent: "large" },
  ])
  expect(of("orders")).toMatchObject([{ client: 1 }])
}, 20_000)

test("a removed field comes back with its values, and a new one of its name begins empty", () => {
  const folder = shop()
  const without = structuredClone(before)
  without.entities[0]?.fields.splice(1, 1)
  const first = after(folder, before, without)
  expect(first.of("clients")).toEqual([
    { id: 1, name: "Ada" },
    { id: 2, name: "Bob" },
  ])
  const again = structuredClone(first.next)
  again.entities[0]?.fields.push(field("size", "whole_number"))
  const second = after(folder, first.next, again)
  expect(second.of("clients")).toMatchObject([{ size: null }, { size: null }])
  const back = structuredClone(second.next)
  back.entities[0]?.fields.push(field("old_size", "text", { column: "size" }))
  const third = after(folder, second.next, back)
  expect(third.of("clients")).toMatchObject([{ old_size: "12" }, { old_size: "large" }])
}, 20_000)

test("one value that cannot be converted stops all of it, by the record's name", () => {
  const folder = shop()
  const to = structuredClone(before)
  const fields = to.entities[0]?.fields ?? []
  fields[1] = field("size", "whole_number")
  // this one could be, and is not while the other stops it
  const price = to.entities[1]?.fields
  if (price) price[1] = field("price", "text")
  describe(folder, settleChange(before, to).model)
  expect(() => read(folder, "clients")).toThrow(
    "clients 2 (“Bob”): Size “large” cannot become whole number. Nothing was changed.",
  )
  describe(folder, before)
  expect(read(folder, "clients")).toMatchObject([{ size: "12" }, { size: "large" }])
  expect(read(folder, "orders")).toMatchObject([{ price: 5 }])
}, 20_000)

test("a relation to one becomes one to many, and back while each has one", () => {
  const folder = shop()
  const many = structuredClone(before)
  const fields = many.entities[1]?.fields ?? []
  fields[0] = field("client", "references", { to: "clients" })
  const first = after(folder, before, many)
  expect(first.of("orders")).toMatchObject([{ client: [1] }])
  const second = after(folder, first.next, before)
  expect(second.of("orders")).toMatchObject([{ client: 1 }])
  describe(folder, many)
  run(folder, opened(`store.update(spec.entities[1], 1, { client: [1, 2] })`))
  describe(folder, before)
  expect(() => read(folder, "orders")).toThrow("orders 1: Client “1,2” cannot become reference.")
}, 20_000)

test("a relation does not move to another list while a record uses it", () => {
  const to = structuredClone(before)
  const fields = to.entities[1]?.fields ?? []
  fields[0] = field("client", "reference", { to: "orders" })
  expect(settleChange(before, to).problems).toMatchObject([
    { path: ["entities", 1, "fields", 0, "to"] },
  ])
  const folder = shop()
  describe(folder, to)
  expect(() => read(folder, "orders")).toThrow("cannot become reference")
}, 20_000)

test("a choice that is called otherwise takes its records along", () => {
  const to = structuredClone(before)
  const fields = to.entities[1]?.fields ?? []
  fields[2] = field("state", "choice", {
    choices: ["fresh", "sent"],
    renamedChoices: [{ from: "new", to: "fresh" }],
  })
  expect(after(shop(), before, to).of("orders")).toMatchObject([{ state: "fresh" }])
}, 20_000)

test("a removed list keeps its records on disk", () => {
  const folder = shop()
  const without = model(structuredClone(before.entities[0]) ?? list("x", []))
  const { next } = after(folder, before, without)
  expect(next.retiredTables).toEqual(["orders"])
  run(folder, opened(""))
  describe(folder, before)
  expect(read(folder, "orders")).toMatchObject([{ client: 1, price: 5 }])
}, 20_000)

test("an app that cannot convert says so in a sentence, without a stack, and does not start", () => {
  const folder = shop()
  const to = structuredClone(before)
  const fields = to.entities[0]?.fields ?? []
  fields[1] = field("size", "decimal")
  describe(folder, to)
  expect(() => run(folder, `process.env.DATA_DIR = "./data"; await import("./server.js")`)).toThrow(
    /^clients 2 \(“Bob”\): Size “large” cannot become decimal\. .*\n$/,
  )
}, 20_000)
