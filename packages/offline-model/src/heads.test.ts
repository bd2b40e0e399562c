import { expect, test } from "vitest"
import { enumerationIn } from "./enumeration.ts"
import { headIn } from "./heads.ts"
import { newSketch } from "./sketch.ts"

test.for([
  ["Board game shelf", "board game"],
  ["a wine log for the cellar", "wine"],
  ["A friend and I restore pinball machines", "pinball machine"],
  ["Our food bank depends on volunteers", "volunteer"],
  ["People post items", "item"],
  ["the books pupils take home from our school library", "book"],
  ["I would like to have a record for each tree", "tree"],
  ["What our ward wants to know about donated equipment", "donated equipment"],
  ["Race results is what I'm after, meaning", "race result"],
  ["a simple way of keeping our players' details", "player"],
] as const)("%s: the list behind it is about a %s", ([text, thing]) => {
  expect(headIn(text, newSketch())?.noun.name).toBe(thing)
})

test("whoever writes a record down is not what is recorded", () => {
  const weight = (cue: string) => headIn("The gate keeper should", newSketch(), cue)?.weight ?? 0
  expect(weight("record")).toBeLessThan(40)
  expect(weight("have")).toBeGreaterThan(60)
})

test("what each record belongs to is its owner and not its name", () => {
  expect(headIn("Fuel logs per vehicle", newSketch())).toMatchObject({
    noun: { name: "fuel log" },
    owner: "vehicle",
  })
})

test("a list begins behind the words that open it", () => {
  expect(
    enumerationIn("So I want to keep my stamps with country, year, face value and colour"),
  ).toEqual({
    before: "So I want to keep my stamps",
    cue: "with",
    list: "country, year, face value and colour",
  })
})

test("a series of things with fields in parentheses is no list of fields", () => {
  expect(
    enumerationIn("clients (name, email, phone) and projects (title, deadline, budget)"),
  ).toBeUndefined()
})

test("a poem is no list of fields", () => {
  expect(enumerationIn("Roses are red, violets are blue, sugar is sweet")).toBeUndefined()
})
