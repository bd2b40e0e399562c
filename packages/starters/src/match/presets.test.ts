import { resolve } from "node:path"
import { expect, test } from "vitest"
import { readStarters } from "../read-starters.ts"
import { toyFolder, toyStarter } from "../testing/toy-starter.ts"
import { makeCatalogue } from "./catalogue.ts"
import { fit } from "./fit.ts"
import { propose } from "./propose.ts"

const folder = resolve(import.meta.dirname, "../../../../starters")
const catalogue = makeCatalogue(await readStarters(folder))
const calculator = catalogue.starter("calculator")
if (!calculator) throw new Error("there is the starter calculator")

/** What the starter calculator makes of a prompt: its title, and what is not built. */
function madeOf(prompt: string) {
  const { parameters, clauses } = fit(prompt, calculator ?? expect.unreachable(), {
    language: catalogue.languageOf(prompt),
  })
  const open = clauses.filter(({ by }) => by.length === 0).map(({ words }) => words)
  return { title: parameters.title, parameters, clauses, open }
}
const firstOf = (prompt: string) => {
  const proposed = propose(catalogue, prompt)
  return proposed.outcome === "choices"
    ? { starter: proposed.starters[0], clear: proposed.clear }
    : undefined
}

test.each([
  ["tip calculator, split between people", "Tip calculator"],
  ["Trinkgeld Rechner", "Trinkgeldrechner"],
  ["calculateur de pourboire", "Calcul du pourboire"],
  ["calculadora de propinas para dividir la cuenta entre amigos", "Calculadora de propinas"],
  ["mortgage calculator with monthly payment and total interest", "Loan calculator"],
  ["Kreditrechner mit Monatsrate", "Kreditrechner"],
  ["simulateur de prêt avec mensualités", "Simulateur de prêt"],
  ["calculadora de hipoteca", "Calculadora de préstamos"],
  ["VAT calculator net and gross", "VAT calculator"],
  ["MwSt-Rechner", "Mehrwertsteuerrechner"],
  ["calculette TVA", "Calcul de TVA"],
  ["calculadora de IVA", "Calculadora de IVA"],
  ["bmi calculator with weight and height", "BMI calculator"],
  ["calcul imc", "Calcul de l’IMC"],
  ["discount calculator", "Discount calculator"],
  ["Prozentrechner", "Prozentrechner"],
  ["Zinseszinsrechner mit monatlicher Sparrate", "Sparrechner"],
  ["recipe scaling for more people", "Recipe for more people"],
  ["spritkosten rechner mit Mitfahrer", "Spritkosten"],
  ["hourly wage calculator with overtime", "Wage calculator"],
])("“%s” is clearly a calculator, with all of it built: %s", (prompt, title) => {
  expect(firstOf(prompt)).toEqual({ starter: "calculator", clear: true })
  expect(madeOf(prompt)).toMatchObject({ title, open: [] })
})

test.each([
  ["calculator", []],
  ["a scientific calculator", ["scientific"]],
  ["grade calculator", ["grade"]],
  ["CO2 Rechner", ["CO2"]],
])("“%s” names no calculator that is known, and waits for a person", (prompt, open) => {
  expect(firstOf(prompt)).toEqual({ starter: "calculator", clear: false })
  expect(madeOf(prompt)).toMatchObject({ parameters: {}, open })
})

test.each([
  ["Taschenrechner", "unit-converter"],
  ["unit converter for cooking", "unit-converter"],
  ["Umrechner Zoll in cm", "unit-converter"],
  ["invoice app with VAT", "invoices"],
  ["split expenses with friends", "expenses"],
  ["recipes with photos", "photo-wall"],
  ["weight tracker with BMI", "record-keeper"],
])("“%s” asks for no calculator: %s", (prompt, id) => {
  expect(firstOf(prompt)?.starter).toBe(id)
})

test("what is beside a preset, left out or kept to some is not built", () => {
  expect(madeOf("encrypted tip calculator with login").open).toEqual(["encrypted", "with login"])
  expect(madeOf("tip calculator without splitting the bill").open).toEqual([
    "without splitting the bill",
  ])
})

test("what a prompt says outright goes before what belongs to its preset", () => {
  const { parameters, open } = madeOf("tip calculator in pounds, called “Fair share”")
  expect(parameters).toMatchObject({ title: "Fair share", currency: "GBP" })
  expect(open).toEqual([])
})

test("a preset's words are built by the parameter that carries it", () => {
  const { clauses } = madeOf("tip calculator, split between people")
  expect(clauses.map(({ words, by }) => [words, by])).toEqual([
    ["tip calculator", [{ kind: "parameter", id: "results" }]],
    ["split between people", [{ kind: "parameter", id: "results" }]],
  ])
})

test("a later prompt makes another calculator of it", () => {
  const prompt = "make it a BMI calculator"
  const now = madeOf("tip calculator").parameters
  const { parameters } = fit(prompt, calculator, { language: "en", now })
  expect(parameters).toMatchObject({ title: "BMI calculator" })
})

test("a preset whose value does not fit its parameter, or has none, is refused with its place", async () => {
  const all = (value: unknown) => ({ en: value, de: value, fr: value, es: value })
  const preset = (values: object, carriedBy = "title") => ({
    ...{ id: "one", words: toyStarter.words, does: toyStarter.words, carriedBy },
    values,
  })
  const reading = async (presets: object[]) => {
    using toys = toyFolder({ presets })
    return await readStarters(toys.folder)
  }
  await expect(reading([preset({ title: all("x".repeat(21)) })])).rejects.toThrow(
    /Use at most 20 characters[\s\S]*presets\[0\]\.values\.title\.en/,
  )
  await expect(reading([preset({ titel: all("x") })])).rejects.toThrow(/no such parameter/)
  await expect(reading([preset({ title: all("x") }, "size")])).rejects.toThrow(/no such parameter/)
  const fine = preset({ title: all("x"), lines: all(["a"]) })
  await expect(reading([fine, fine])).rejects.toThrow(/one twice/)
  expect((await reading([fine]))[0]?.presets).toHaveLength(1)
})
