import type { DataModel, Entity, Field } from "@vibecaas/contract/data-model"
import { problemsOf } from "@vibecaas/contract/data-model-rules"
import { expect, test } from "vitest"
import {
  addEntity,
  addField,
  bringBack,
  identifierFor,
  move,
  removedFields,
  removeEntity,
  removeField,
  renameChoice,
  retype,
} from "./model-edits.ts"

const field = (name: string, more: Partial<Field> = {}): Field => ({
  ...{ name, label: name, type: "text", required: false },
  ...more,
})

function shop(): DataModel & { entities: [Entity, Entity] } {
  const list = (plural: string, fields: Field[]): Entity => ({
    ...{ name: plural, plural, label: plural, labelPlural: plural, filters: [], fields },
  })
  const price = field("price", { type: "money" })
  const client = field("client", { type: "reference", to: "clients" })
  const tax = field("tax", {
    ...{ type: "computed", formula: { kind: "product", fields: ["price"], factor: 0.19 } },
  })
  const sum = field("sum", {
    ...{ type: "computed", formula: { kind: "sum", of: "orders", by: "client", field: "tax" } },
  })
  const orders = {
    ...list("orders", [field("name"), price, client, tax]),
    filters: [{ field: "client" }],
    sort: { field: "price", direction: "asc" as const },
  }
  return {
    ...{ version: 1, name: "Shop", unsupported: [] },
    entities: [orders, list("clients", [field("name"), sum])],
  }
}

test.each([
  ["Due date", "due_date"],
  ["Größe (cm)", "gro_e_cm"],
  ["2nd name", "nd_name"],
  ["日付", "field"],
  ["Id", "id_2"],
  ["Name", "name_2"],
])("a field that is called %s is %s in the API", (label, name) => {
  expect(identifierFor(label, ["name"])).toBe(name)
})

test("a removed field takes along what cannot be without it", () => {
  const model = shop()
  const [orders, clients] = model.entities
  removeField(model, orders, "price")
  expect(orders.fields.map(({ name }) => name)).toEqual(["name", "client"])
  expect(orders.sort).toBeUndefined()
  expect(clients.fields.map(({ name }) => name)).toEqual(["name"])
  expect(problemsOf(model)).toEqual([])
})

test("a removed list takes relations to it along", () => {
  const model = shop()
  removeEntity(model, "clients")
  expect(model.entities.map(({ plural }) => plural)).toEqual(["orders"])
  expect(model.entities[0].filters).toEqual([])
  expect(problemsOf(model)).toEqual([])
})

test("a new list and new fields of every kind that needs more are right at once", () => {
  const model = shop()
  const entity = addEntity(model, { label: "Order", labelPlural: "Orders" })
  expect(entity.plural).toBe("orders_2")
  addField(model, entity, { label: "State", type: "choice" })
  addField(model, entity, { label: "Of", type: "references" })
  expect(problemsOf(model)).toEqual([])
})

test("another type leaves behind what it does not know", () => {
  const model = shop()
  const state = field("state", { type: "choice", choices: ["a"], default: "a", column: "old" })
  retype(model, state, "whole_number")
  expect(state).toEqual({ ...field("state", { type: "whole_number" }), column: "old" })
})

test("a removed field comes back with its column", () => {
  const [orders] = shop().entities
  orders.retired = [{ column: "note", field: field("name") }]
  expect(removedFields(orders)).toHaveLength(1)
  bringBack(orders, "note")
  expect(orders.fields.at(-1)).toMatchObject({ name: "name_2", column: "note" })
  expect(removedFields(orders)).toEqual([])
})

test("a choice that is typed anew takes its records along once, under its last name", () => {
  const state = field("state", { type: "choice", choices: ["new", "sent"] })
  for (const to of ["newe", "ne", "fresh"]) renameChoice(state, { at: 0, to }, ["new", "sent"])
  expect(state).toMatchObject({
    ...{ choices: ["fresh", "sent"], renamedChoices: [{ from: "new", to: "fresh" }] },
  })
  renameChoice(state, { at: 0, to: "new" }, ["new", "sent"])
  expect(state.renamedChoices).toBeUndefined()
})

test("what is first stays first, and what is moved changes its place", () => {
  const items = ["a", "b", "c"]
  move(items, 0, -1)
  move(items, 1, 1)
  expect(items).toEqual(["a", "c", "b"])
})
