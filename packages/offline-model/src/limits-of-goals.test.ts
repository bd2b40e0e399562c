import { expect, test } from "vitest"
import type { Field } from "./blueprints/index.ts"
import { readGoal } from "./read-goal.ts"

test("records of today are a filter by their day", () => {
  const [order] = specOf(
    "Track orders with customer, cake, pickup date and whether it is paid. Show me today's pickups",
  ).entities
  expect(order?.filters).toContainEqual({ field: "pickup_date" })
})

test("a day to filter by that no field tells is named", () => {
  const spec = specOf("Cakes with name, flavour and price. Show me today's cakes")
  expect(spec.unsupported.join(" ")).toContain("today's cakes")
})

test("progress over time is named as not built and makes no field", () => {
  const spec = specOf("Log my weight every day and see my progress over time")
  expect(spec.entities[0]?.fields.map(({ name }) => name)).not.toContain(
    "see_my_progress_over_time",
  )
  expect(spec.unsupported.join(" ")).toContain("charts")
})

test("the amount of an ingredient is no money, and its unit a text", () => {
  const spec = specOf("Recipes with title, ingredients (name, amount, unit), and steps")
  expect(typesOf(spec.entities[1]?.fields)).toBe(
    "name text, recipe reference, amount decimal, unit text",
  )
  expect(typesOf(spec.entities[0]?.fields)).toBe("title text, steps long_text")
})

test("the amount of an expense stays money", () => {
  const spec = specOf("Expenses with date, amount and shop")
  expect(typesOf(spec.entities[0]?.fields)).toContain("amount money")
})

function typesOf(fields: Field[] | undefined): string | undefined {
  return fields?.map(({ name, type }) => `${name} ${type}`).join(", ")
}

function specOf(prompt: string) {
  const read = readGoal(prompt)
  if (read.kind === "refusal") throw new Error(read.reason)
  return read.spec
}
