import type { Clause } from "@vibecaas/contract/goal"
import fc from "fast-check"
import { expect, test } from "vitest"
import { type Accounted, openClauses, openPassages, settled, uncovered } from "./account.ts"
import { accountProblems } from "./plan.ts"

const goal = "Please build a photo diary.\nOnly I can post, my family may look; customers log in."
const dropped = (clauses: string[], filler: string[] = []) => uncovered(goal, { clauses, filler })

test.each([
  [["a photo diary", "Only I can post", "my family may look"], "customers log in"],
  [["a photo diary", "Only I can post", "customers log in"], "my family may look"],
  [["a photo diary", "my family may look", "customers log in"], "Only I can post"],
])("a wish about access that no clause has is found: %s", (clauses, left) => {
  expect(dropped(clauses, ["Please build"])).toEqual([expect.stringContaining(left)])
})

test("clauses in any order and named filler cover a goal, whatever its blanks", () => {
  const clauses = ["customers log in", "Only I can post, my family may look", "a photo diary. "]
  expect(dropped(clauses, ["Please   build"])).toEqual([])
  expect(dropped(clauses)).toEqual(["Please build"])
})

test("a clause covers one passage, and filler all of its own", () => {
  const text = "cats with a name and dogs with a name and a coat"
  const clauses = ["cats", "name", "dogs", "coat"]
  expect(uncovered(text, { clauses, filler: ["with", "a", "and"] })).toEqual(["name"])
})

test("a plan that quotes what the goal does not say is told so", () => {
  const clauses = [{ words: "Only we can post" }, { words: goal, notBuilt: "Too much." }]
  expect(accountProblems({ clauses }, goal)).toEqual(["the goal does not say “Only we can post”"])
})

test("whatever passages a text is cut into, they cover it", () => {
  const word = fc.constantFrom("a", "map", "a map", "x1", "né", "本", "🚀", ",", ".")
  const pieces = fc.array(fc.array(word, { minLength: 1 }), { minLength: 1 })
  fc.assert(
    fc.property(pieces, (all) => {
      const clauses = all.map((words) => words.join(" "))
      expect(uncovered(clauses.join("; "), { clauses, filler: [] })).toEqual([])
    }),
  )
})

const clause = (words: string, state: Clause["state"] = "planned", why: string | null = null) => ({
  ...{ words, state, why },
})

test("the newest account counts, what nobody accounted for is not built, and filler can be a wish", () => {
  const clauses = [clause("a diary"), clause("log in", "not_built", "No."), clause("a map")]
  const accounts = [
    { words: "a diary", state: "not_built" as const, why: "It fell." },
    { words: "a diary", state: "built" as const, why: "The test “a diary” passed." },
    { words: "only I", state: "not_built" as const, why: "Everybody can." },
  ]
  expect(settled(clauses, accounts)).toEqual([
    clause("a diary", "built", "The test “a diary” passed."),
    clause("log in", "not_built", "No."),
    clause("a map", "not_built", "Nobody showed that it works."),
    clause("only I", "not_built", "Everybody can."),
  ])
  expect(openClauses(clauses, accounts)).toEqual(["a map"])
})

const said = (words: string, state: Accounted["state"]): Accounted => ({ words, state, why: "So." })

test("a message is accounted for passage by passage, and thanks only when somebody says that they ask for nothing", () => {
  const message = "Make it blue, with a map. Thanks a lot!"
  const accounts = [said("Make it blue", "built"), said("Thanks a lot", "asks_nothing")]
  expect(openPassages([message], [])).toEqual([message.slice(0, -1)])
  expect(openPassages([message], accounts)).toEqual(["with a map"])
  expect(openPassages([message], [...accounts, said("with a map", "not_built")])).toEqual([])
  expect(settled([clause("a diary", "built", "So.")], accounts, [message])).toEqual([
    clause("a diary", "built", "So."),
    clause("Make it blue", "built", "So."),
    clause("with a map", "not_built", "Nobody showed that it works."),
  ])
})

test("nobody can say of a wish of the goal that it asks for nothing", () => {
  expect(settled([clause("a diary")], [said("a diary", "asks_nothing")])).toEqual([
    clause("a diary", "not_built", "Nobody showed that it works."),
  ])
})
