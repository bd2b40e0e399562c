import assert from "node:assert/strict"
import { test } from "node:test"
import { readLines } from "../public/lines.js"
import { sayUnread } from "../public/texts.js"

const read = (inputs, results = [], more = {}) =>
  readLines({ inputs, results, language: "en", currency: "as written", ...more })
const oneInput = (line, more) => {
  const { inputs, unread } = read([line], [], more)
  assert.deepEqual(unread, [])
  const { id: _, line: __, name: ___, ...rest } = inputs[0]
  return rest
}

test("an input has a name, a kind, what it begins with, and limits", () => {
  const money = { kind: "money", currency: "EUR", unit: "", value: 50 }
  assert.deepEqual(oneInput("Bill: 50 €"), money)
  assert.deepEqual(oneInput("Bill: €50; min 0"), { ...money, min: 0 })
  assert.deepEqual(oneInput("Price: 1.75 €/l"), { ...money, unit: "/l", value: 1.75 })
  assert.deepEqual(oneInput("Tip: 15 %; 0 to 100"), {
    ...{ kind: "percent", unit: "", value: 15, min: 0, max: 100 },
  })
  assert.deepEqual(oneInput("People: 2; whole; 1–50"), {
    ...{ kind: "number", unit: "", value: 2, whole: true, min: 1, max: 50 },
  })
  assert.deepEqual(oneInput("Use: 6.5 l/100 km").unit, "l/100 km")
  assert.deepEqual(oneInput("Weight: kg"), { kind: "number", unit: "kg", value: undefined })
  assert.deepEqual(oneInput("Loan: 250,000 $").value, 250_000)
})

test("lines are in the language of the app", () => {
  const german = { language: "de" }
  assert.equal(oneInput("Kredit: 250.000 €", german).value, 250_000)
  assert.equal(oneInput("Satz: 3,75 %; 0 bis 30", german).value, 3.75)
  assert.deepEqual(oneInput("Personen: 2; ganz; 1-9", german).whole, true)
  assert.equal(oneInput("Taux: 3,5 %; 0 à 30", { language: "fr" }).max, 30)
})

test("a choice has a number for each label", () => {
  const { kind, choices } = oneInput("Where: Town = 1 | Country = 1.5 | Abroad = 20 %")
  assert.equal(kind, "choice")
  assert.deepEqual(
    choices.map(({ value }) => value),
    [1, 1.5, 0.2],
  )
})

test("a currency that was chosen is that of all money", () => {
  assert.equal(oneInput("Bill: 50 €", { currency: "GBP" }).currency, "GBP")
  assert.equal(oneInput("Share: 50 %", { currency: "GBP" }).currency, undefined)
})

test("a result has a formula, how it is shown, and whether it is the large one", () => {
  const { results, unread } = read(
    ["Bill: 50 €", "Tip: 15 %"],
    [
      "Tip = Bill × Tip; €",
      "* Total = Bill + Tip; €",
      "Part = round(Tip; 2) / Total; %; 1 decimal",
    ],
  )
  assert.deepEqual(unread, [])
  assert.deepEqual(
    results.map(({ name, kind, isLarge, decimals }) => [name, kind, isLarge, decimals]),
    [
      ["Tip", "money", false, undefined],
      ["Total", "money", true, undefined],
      ["Part", "percent", false, 1],
    ],
  )
})

test("without a star the first result is the large one", () => {
  const { results } = read(["x: 1"], ["a = x", "b = x"])
  assert.deepEqual(
    results.map(({ isLarge }) => isLarge),
    [true, false],
  )
})

test("fields with alike names have addresses of their own", () => {
  const { inputs, results } = read(["Prix: 1", "Prix !: 2", "Prix.: 2", "名前: 3"], ["prix = Prix"])
  assert.deepEqual(
    inputs.map(({ id }) => id),
    ["prix", "prix-2", "value"],
  )
  assert.deepEqual(
    results.map(({ id }) => id),
    ["prix-3"],
  )
})

const wrong = [
  ["Bill 50", "no-colon"],
  [": 50", "name"],
  ["Bill + Tip: 50", "name"],
  [`${"x".repeat(41)}: 1`, "name"],
  ["Bill: 1.2.3.x", "number"],
  ["Where: Town | Country = 2", "choice"],
  ["Where: Town = x | Country = 2", "choice"],
  ["Where: A = 1 | A = 2", "twice"],
  ["Bill: 50; soon", "part"],
  ["Bill: 50; 9 to 1", "range"],
]
for (const [line, code] of wrong)
  test(`“${line.slice(0, 30)}” is no input: ${code}`, () => {
    const { inputs, unread } = read([line])
    assert.equal(inputs.length, 0)
    assert.equal(unread[0].problem.code, code)
  })

test("a wrong formula is shown with its place, and the others are read", () => {
  const { results, unread } = read(["Bill: 50"], ["a = Bil × 2", "b = Bill", "Bill", "c = (Bill"])
  assert.deepEqual(
    results.map(({ name }) => name),
    ["b"],
  )
  const [first, second, third] = unread.map(({ problem }) => problem)
  assert.deepEqual([first.code, first.what, first.formula], ["unknown", "Bil", "Bil × 2"])
  assert.equal(second.code, "no-equals")
  assert.equal(third.code, "unclosed")
  for (const language of ["en", "de", "fr", "es"])
    assert.ok(sayUnread(first, language).includes("Bil"))
})

test("a name that is there twice is refused, whatever its letters", () => {
  const { inputs, unread } = read(["Bill: 1", "BILL: 2"])
  assert.equal(inputs.length, 1)
  assert.equal(unread[0].problem.code, "twice")
})
