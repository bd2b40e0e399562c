import assert from "node:assert/strict"
import { test } from "node:test"
import { readFormula, round, workOut } from "../public/formula.js"
import { makeRandom } from "./random.js"

const work = (text, values = {}) => {
  const given = new Map(Object.entries(values))
  const { tree, problem } = readFormula(text, [...given.keys()])
  return problem ? { problem } : workOut(tree, given)
}
const resultOf = (text, values) => {
  const { value, problem } = work(text, values)
  assert.equal(problem, undefined, `${text}: ${problem?.code} ${problem?.what}`)
  return value
}

const cases = [
  ["2 + 3 × 4", 14],
  ["(2 + 3) * 4", 20],
  ["10 − 4 − 3", 3],
  ["100 ÷ 10 / 5", 2],
  ["2 ^ 3 ^ 2", 512],
  ["-2 ^ 2", -4],
  ["2 ^ -1", 0.5],
  ["--3", 3],
  ["50 × 15 %", 7.5],
  ["7,5 + .5", 8],
  ["1e3", 1000],
  ["min(3, 1, 2) + max(3; 4)", 5],
  ["round(2,345; 2)", 2.35],
  ["round(1.005; 2)", 1.01],
  ["round(-2.5)", -3],
  ["floor(2.9) + ceil(2.1) + abs(-2)", 7],
  ["sqrt(16)", 4],
  ["if(3 > 2; 10; 20)", 10],
  ["wenn(3 ≤ 2; 10; 20) + si(1 = 1; 1; 0)", 21],
  ["(1 < 2) + (2 >= 2) + (1 != 1) + (1 ≠ 2)", 3],
]
for (const [text, value] of cases)
  test(`${text} is ${value}`, () => assert.equal(resultOf(text), value))

test("names are read with blanks and hyphens, the longest first, in any letters", () => {
  const values = { Bill: 50, "Bill before tip": 40, "pre-tax": 10, Größe: 2 }
  assert.equal(resultOf("bill before tip + Bill", values), 90)
  assert.equal(resultOf("pre-tax - Bill", values), -40)
  assert.equal(resultOf("größe*2", values), 4)
})

test("a name ends where its word does", () => {
  const { problem } = work("Billing + 1", { Bill: 1 })
  assert.deepEqual([problem.code, problem.what], ["unknown", "Billing"])
})

test("only what `if` chooses is worked out", () => {
  assert.equal(resultOf("if(People = 0; 0; 10 / People)", { People: 0 }), 0)
})

const wrong = [
  ["", "empty", undefined],
  ["  ", "empty", undefined],
  ["1 +", "unfinished", 3],
  ["(1 + 2", "unclosed", 0],
  ["1 + 2)", "unexpected", 5],
  ["1 2", "unexpected", 2],
  ["2 (3)", "unexpected", 2],
  ["Tipp × 2", "unknown", 0],
  ["1 + alert(1)", "unknown", 4],
  ["1; 2", "unexpected", 1],
  ["if(1; 2)", "count", 0],
  ["round()", "count", 0],
  ["max(1, 2", "unclosed", 0],
  ["1 < 2 < 3", "unexpected", 6],
  ["constructor", "unknown", 0],
  ["[1]", "unknown", 0],
  ["1".repeat(201), "long", undefined],
  ["1e999", "no-number", 0],
]
for (const [text, code, at] of wrong)
  test(`“${text.slice(0, 20)}” is ${code}`, () => {
    const { problem } = work(text)
    assert.deepEqual([problem?.code, problem?.at], [code, at])
  })

test("a division by zero names what was zero, and where", () => {
  const { problem } = work("5 + 10 / (People - 2)", { People: 2 })
  assert.deepEqual([problem.code, problem.what], ["zero", "People - 2"])
})

test("what has no finite value is a problem, as is a name without a value", () => {
  for (const text of ["sqrt(-1)", "10 ^ 400", "(-8) ^ 0.5", "0 ^ -1", "round(1; 99)"])
    assert.equal(work(text).problem?.code, "no-number", text)
  const { tree } = readFormula("Bill × 2", ["Bill"])
  assert.deepEqual(workOut(tree, new Map()).problem.what, "Bill")
})

test("any formula that is written from a tree has the value of the tree", () => {
  const random = makeRandom(7)
  const names = { Bill: 12.5, "Bill net": -3, x: 0.25 }
  const made = (depth) => {
    if (depth === 0 || random(5) === 0) {
      const name = random.of(Object.keys(names))
      if (random(2) === 0) return { text: name, value: names[name] }
      const value = random(2000) / 16
      return { text: String(value).replace(".", random.of([".", ","])), value }
    }
    const [one, other] = [made(depth - 1), made(depth - 1)]
    return random.of([
      { text: `(${one.text} + ${other.text})`, value: one.value + other.value },
      { text: `(${one.text}−${other.text})`, value: one.value - other.value },
      { text: `(${one.text} × ${other.text})`, value: one.value * other.value },
      { text: `-(${one.text})`, value: -one.value },
      { text: `max(${one.text}; ${other.text})`, value: Math.max(one.value, other.value) },
      {
        text: `if(${one.text} < ${other.text}; 1; 2)`,
        value: one.value < other.value ? 1 : 2,
      },
    ])
  }
  let compared = 0
  for (let at = 0; at < 2000; at++) {
    const { text, value } = made(3)
    if (text.length > 200) continue
    compared++
    assert.ok(Object.is(resultOf(text, names) + 0, value + 0), text)
  }
  assert.ok(compared > 1000)
})

test("any text is worked out or has a problem in its place, and nothing else happens", () => {
  const random = makeRandom(11)
  const pieces = [
    ...["1", "2,5", "(", ")", "+", "-", "×", "/", "^", "%", ";", ",", "<", "=", "Bill", "x", " "],
    ...[
      "round(",
      "if(",
      "min(",
      "constructor",
      "__proto__",
      "`",
      "${",
      "\\",
      "😀",
      "e",
      ".",
      "\u0000",
    ],
  ]
  for (let at = 0; at < 5000; at++) {
    const text = Array.from({ length: random(12) }, () => random.of(pieces)).join("")
    const { value, problem } = work(text, { Bill: 3, x: 0 })
    assert.ok(Number.isFinite(value) !== (problem !== undefined), JSON.stringify(text))
    if (problem?.at !== undefined) assert.ok(problem.at >= 0 && problem.at <= text.length)
  }
})

test("deep brackets are read, and too long ones refused", () => {
  assert.equal(resultOf(`${"(".repeat(99)}1${")".repeat(99)}`), 1)
  assert.equal(work(`${"(".repeat(101)}1${")".repeat(101)}`).problem.code, "long")
})

test("halves are rounded away from zero as they are written", () => {
  const random = makeRandom(3)
  for (let at = 0; at < 2000; at++) {
    const cents = random(100_000)
    assert.equal(round(Number(`${cents}.5`) / 1, 0), cents + 1)
    assert.equal(round(-(cents + 0.5)), -(cents + 1))
    assert.equal(round(cents / 100, 2), cents / 100)
  }
  assert.equal(round(1e300, 2), 1e300)
})
