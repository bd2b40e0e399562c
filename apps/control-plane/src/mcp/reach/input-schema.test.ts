import { expect, test } from "vitest"
import { checkFor, tameSchema } from "./input-schema.ts"

const object = (properties: object, more: object = {}) => ({ type: "object", properties, ...more })

function tamed(given: unknown) {
  const made = tameSchema(given)
  if ("wrong" in made) throw new Error(made.wrong)
  return made.schema
}
const wrong = (given: unknown) => {
  const made = tameSchema(given)
  return "wrong" in made ? made.wrong : undefined
}

test("a plain schema stays as it is, and judges arguments", () => {
  const schema = object(
    { id: { type: "integer", minimum: 1 }, tags: { type: "array", items: { type: "string" } } },
    { required: ["id"], additionalProperties: false },
  )
  expect(tamed(schema)).toEqual(schema)
  const check = checkFor(schema)
  expect(check.safeParse({ id: 3, tags: ["a"] }).success).toBe(true)
  for (const bad of [{}, { id: "3" }, { id: 1, tags: [2] }, { id: 1, more: 1 }]) {
    expect(check.safeParse(bad).success).toBe(false)
  }
})

test("what it refers to within itself stands in its place, and what refers to itself is anything", () => {
  const schema = object(
    { who: { $ref: "#/$defs/person" } },
    {
      $defs: { person: object({ name: { type: "string" }, boss: { $ref: "#/$defs/person" } }) },
    },
  )
  expect(tamed(schema)).toEqual(object({ who: object({ name: { type: "string" }, boss: {} }) }))
})

test("patterns and what nobody knows are left out, a property of such a name stays", () => {
  const schema = object({
    a: { type: "string", pattern: "(a+)+$", "x-note": 1 },
    pattern: { type: "string" },
  })
  expect(tamed(schema)).toEqual(object({ a: { type: "string" }, pattern: { type: "string" } }))
})

test("a schema that grows when it is read, is deep, large or leads elsewhere cannot be used", () => {
  const $defs = Object.fromEntries(
    Array.from({ length: 60 }, (_, at) => {
      const next = { $ref: `#/$defs/d${at + 1}` }
      return [`d${at}`, at === 59 ? { type: "string" } : { anyOf: [next, next] }]
    }),
  )
  expect(wrong(object({ a: { $ref: "#/$defs/d0" } }, { $defs }))).toContain("too large")
  let deep: object = { type: "string" }
  for (let at = 0; at < 50_000; at++) deep = { type: "array", items: deep }
  expect(wrong(object({ a: deep }))).toContain("too large")
  expect(wrong(object({ a: { enum: ["x".repeat(9000)] } }))).toContain("too large")
  const wide = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`p${at}`, {}]))
  expect(wrong(object(wide))).toContain("too large")
  for (const bad of [
    object({ a: { $ref: "https://elsewhere.example/schema" } }),
    object({ a: { $ref: "#/$defs/none" } }),
    object({ a: { $ref: "#/__proto__" } }),
    object({ a: 3 }),
    object([] as object),
    "text",
    null,
  ]) {
    expect(wrong(bad)).toContain("not understood")
  }
  for (const bad of [{ type: "string" }, {}, { $ref: "#" }]) {
    expect(wrong(bad)).toContain("no object")
  }
})
