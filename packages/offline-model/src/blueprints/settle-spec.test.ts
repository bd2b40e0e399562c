import { expect, test } from "vitest"
import type { AppSpec, Entity, Field } from "./index.ts"
import { settleSpec } from "./settle-spec.ts"

test.for([
  "pages",
  "price",
  "total_cost",
  "quantity",
  "duration",
  "distance",
  "weight",
  "net_weight",
  "age",
  "amount",
  "year",
])("%s starts at 0", (name) => {
  expect(lowest(field(name, "decimal"))).toBe(0)
})

test.for([
  "temperature",
  "daily_high",
  "balance",
  "latitude",
  "goal_difference",
  "weight_change",
  "profit",
  "net_worth",
  "altitude",
  "floor",
  "score",
])("%s may be negative", (name) => {
  expect(lowest(field(name, "decimal"))).toBeUndefined()
})

test("an amount may be negative among transactions, and not among expenses", () => {
  expect(lowest(field("amount", "money"), "Transactions")).toBeUndefined()
  expect(lowest(field("amount", "money"), "Expenses")).toBe(0)
})

test("a unit of degrees allows what its field's name does not", () => {
  expect(lowest(field("outside", "decimal", { unit: "°C" }))).toBeUndefined()
})

test("a lowest value that the spec carries stays", () => {
  expect(lowest(field("pages", "whole_number", { min: -10 }))).toBe(-10)
  expect(lowest(field("pages", "whole_number", { min: 1 }))).toBe(1)
  expect(lowest(field("pages", "whole_number", { max: -1 }))).toBeUndefined()
})

test("only numbers have a lowest value", () => {
  expect(lowest(field("pages", "text"))).toBeUndefined()
})

test("references that need each other are needed no more, others stay needed", () => {
  const needs = (name: string, to: string) => field(name, "reference", { to, required: true })
  const settled = settleSpec(
    spec(
      entity("people", [needs("boss", "people")]),
      entity("eggs", [needs("hen", "hens")]),
      entity("hens", [needs("egg", "eggs")]),
      entity("baskets", [needs("egg", "eggs")]),
    ),
  )
  const needed = settled.entities.map(({ fields }) => fields[0]?.required)
  expect(needed).toEqual([false, false, false, true])
})

test("settling twice is settling once", () => {
  const once = settleSpec(spec(entity("books", [field("pages", "whole_number")])))
  expect(settleSpec(once)).toEqual(once)
})

function lowest(each: Field, list = "Books"): number | undefined {
  return settleSpec(spec(entity(list, [each]))).entities[0]?.fields[0]?.min
}

function entity(plural: string, fields: Field[]): Entity {
  const name = plural.toLowerCase()
  return { name, plural: name, label: plural, labelPlural: plural, filters: [], fields }
}

function spec(...entities: Entity[]): AppSpec {
  return { version: 1, name: "App", entities, unsupported: [] }
}

/** `name` in words as the label: "due_date" → "Due date". */
function field(name: string, type: Field["type"], more: Partial<Field> = {}): Field {
  const label = `${name[0]?.toUpperCase()}${name.slice(1).replaceAll("_", " ")}`
  return { name, label, type, required: false, ...more }
}
