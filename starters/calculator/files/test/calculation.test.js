import assert from "node:assert/strict"
import { test } from "node:test"
import { asText, calculate, startOf } from "../public/calculation.js"
import { readLines } from "../public/lines.js"
import { plainNumber, readNumber } from "../public/numbers.js"
import { refine } from "../public/past.js"
import { texts } from "../public/texts.js"
import { makeRandom } from "./random.js"

const bill = {
  inputs: ["Bill: 50 €; min 0", "Tip: 15 %; 0 to 100", "People: 2; whole; 1 to 50"],
  results: ["Tip = Bill × Tip; €", "* Per person = (Bill + Tip) / People; €"],
}
const settingsOf = (lines, more = {}) => ({
  ...{ title: "T", language: "en", currency: "as written" },
  ...lines,
  ...more,
})
const run = (lines, typed, more) => {
  const settings = settingsOf(lines, more)
  const read = readLines(settings)
  assert.deepEqual(read.unread, [])
  return calculate(read, { ...startOf(read, settings.language), ...typed }, settings)
}
const shown = ({ answers }) => answers.map(({ text }) => text)
const codes = (list) => list.map(({ problem }) => problem?.code)

test("a bill with a tip is split, and a result's name means the result in the lines below", () => {
  assert.deepEqual(shown(run(bill, { bill: "80", people: "4" })), ["€12.00", "€23.00"])
})

test("numbers are read and shown as the language writes them", () => {
  const lines = { inputs: ["Betrag: 1.234,5 €"], results: ["Doppelt = Betrag × 2; €"] }
  assert.deepEqual(shown(run(lines, {}, { language: "de" })), ["2.469,00\u00a0€"])
  assert.deepEqual(shown(run(lines, { betrag: "1.000" }, { language: "de" })), ["2.000,00\u00a0€"])
})

test("an empty field is no mistake, and what needs it says so", () => {
  const { fields, answers } = run(bill, { people: " " })
  assert.deepEqual(codes(fields), [undefined, undefined, undefined])
  assert.deepEqual(codes(answers), [undefined, "missing"])
  assert.deepEqual(
    answers.map(({ text }) => text),
    ["€7.50", "—"],
  )
})

test("what a field cannot hold is said at the field", () => {
  assert.deepEqual(codes(run(bill, { bill: "x", tip: "101", people: "1.5" }).fields), [
    ...["number", "most", "whole"],
  ])
  assert.deepEqual(codes(run(bill, { bill: "-1" }).fields)[0], "least")
  assert.deepEqual(codes(run({ inputs: ["A: b = 1 | c = 2"], results: [] }, { a: "d" }).fields), [
    "choose",
  ])
})

test("a division by zero is said kindly, with what was zero", () => {
  const lines = { inputs: ["People: 0"], results: ["Each = 10 / People"] }
  const { answers } = run(lines, {})
  assert.deepEqual([answers[0].problem.code, answers[0].problem.what], ["zero", "People"])
})

test("a percent sign may be typed, and shares are shown in percent", () => {
  const lines = { inputs: ["Part: 1", "Rate: 5 %"], results: ["Share = Part / 8; %", "r = Rate"] }
  assert.deepEqual(shown(run(lines, { rate: "12.5 %" })), ["12.5%", "0.13"])
})

test("nothing is shown as minus zero, and units stand beside numbers", () => {
  const lines = { inputs: ["x: 0 km"], results: ["a = -x; €", "b = x × 3; km", "c = x + 1; €/l"] }
  assert.deepEqual(shown(run(lines, {})), ["€0.00", "0\u00a0km", "€1.00/l"])
})

test("a calculation is copied as lines", () => {
  const settings = settingsOf(bill)
  const text = asText({ ...settings, ...run(bill, { bill: "80" }) }, settings)
  assert.equal(text, "T\nBill: €80.00\nTip: 15%\nPeople: 2\n\nTip: €12.00\nPer person: €46.00")
})

test("any number is read again as it stands in a field", () => {
  const random = makeRandom(5)
  for (let at = 0; at < 3000; at++) {
    const value = (random(2_000_000_000) - 1_000_000_000) / 10 ** random(7)
    for (const language of ["en", "de", "fr", "es"])
      assert.equal(readNumber(plainNumber(value, language), language), value)
  }
})

const numbers = [
  ["1,234.5", "en", 1234.5],
  ["1,234", "en", 1234],
  ["12,5", "en", 12.5],
  ["0,125", "en", 0.125],
  ["1.234", "de", 1234],
  ["7.5", "de", 7.5],
  ["1 234,5", "fr", 1234.5],
  ["1.234", "fr", 1.234],
  ["1'000.50", "de", 1000.5],
  ["−3", "en", -3],
  ["", "en", undefined],
  ["1,2,3", "en", undefined],
  ["1e5", "en", undefined],
  ["0x10", "en", undefined],
  ["١", "en", undefined],
]
for (const [text, language, value] of numbers)
  test(`“${text}” is ${value} in ${language}`, () =>
    assert.equal(readNumber(text, language), value))

test("changes of several fields are one calculation, another change of the same one the next", () => {
  let past = { entries: [], changed: new Set() }
  const change = (name, values) => {
    past = refine({ ...past, name, values })
  }
  change("bill", { bill: "80", people: "2" })
  change("people", { bill: "80", people: "4" })
  assert.deepEqual(past.entries, [{ bill: "80", people: "4" }])
  change("bill", { bill: "90", people: "4" })
  assert.equal(past.entries.length, 2)
  for (let at = 0; at < 30; at++) change("bill", { bill: String(at) })
  assert.equal(past.entries.length, 12)
})

test("every language says the same", () => {
  const [first, ...others] = Object.values(texts).map((each) => Object.keys(each))
  for (const other of others) assert.deepEqual(other, first)
})
