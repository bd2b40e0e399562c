import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { type StarterLanguage, starterLanguages } from "@vibecaas/contract/starter-form"
import { expect, test } from "vitest"
import { readStarters } from "../read-starters.ts"

/** The calculators that prompts ask for, held against the app that works them out. */
const folder = resolve(import.meta.dirname, "../../../../starters")
const { presets = [] } =
  (await readStarters(folder)).find(({ id }) => id === "calculator") ?? expect.unreachable()

interface App {
  readLines(settings: object): { inputs: { id: string }[]; unread: { line: string }[] }
  startOf(lines: object, language: string): Record<string, string>
  calculate(lines: object, typed: object, settings: object): { answers: Answer[] }
}
interface Answer {
  result: { name: string; isLarge: boolean }
  value?: number
}
// The app is plain JavaScript that nothing imports: it is loaded by its place.
const moduleOf = (name: string) =>
  import(pathToFileURL(resolve(folder, `calculator/files/public/${name}`)).href)
const app: App = { ...(await moduleOf("lines.js")), ...(await moduleOf("calculation.js")) }

function work(id: string, language: StarterLanguage, typed: readonly string[] = []) {
  const { values } = presets.find((each) => each.id === id) ?? expect.unreachable()
  const settings = {
    ...{ inputs: values.inputs?.[language], results: values.results?.[language] },
    ...{ language, currency: "as written" },
  }
  const lines = app.readLines(settings)
  const given = { ...app.startOf(lines, language) }
  for (const [at, text] of typed.entries()) given[lines.inputs[at]?.id ?? ""] = text
  const { answers } = app.calculate(lines, given, settings)
  const large = answers.find(({ result }) => result.isLarge)?.value
  return { unread: lines.unread, values: answers.map(({ value }) => value), large }
}

const all = presets.flatMap(({ id }) => starterLanguages.map((language) => ({ id, language })))

test.each(all)(
  "the lines of $id in $language are read, and all results are there at once",
  (each) => {
    const { unread, values } = work(each.id, each.language)
    expect(unread).toEqual([])
    expect(values.every((value) => Number.isFinite(value))).toBe(true)
  },
)

test.each([
  ["tip", ["80", "15", "4"], 23],
  ["discount", ["80", "25"], 60],
  ["percentage", ["200", "15"], 30],
  ["vat", ["100", "20"], 120],
  ["loan", ["10000", "6", "1"], 860.664297],
  ["loan", ["12000", "0", "2"], 500],
  ["bmi", ["80", "200"], 20],
  ["wage", ["40", "10", "4", "50"], 460],
  ["hours", ["10", "60", "50", "20"], 780],
  ["savings", ["1000", "0", "12", "1"], 1126.82503],
  ["savings", ["1000", "100", "0", "10"], 13_000],
  ["savings", ["0", "100", "12", "1"], 1268.250301],
  ["recipe", ["4", "6"], 1.5],
])("%s of %j is %d in every language", (id, typed, expected) => {
  for (const language of starterLanguages)
    expect(work(id, language, typed).large).toBeCloseTo(expected, 5)
})

test("fuel is counted in miles and gallons in English, in liters per 100 km elsewhere", () => {
  expect(work("fuel", "en", ["300", "30", "4"]).large).toBeCloseTo(40, 9)
  for (const language of ["de", "fr", "es"] as const)
    expect(work("fuel", language, ["200", "7", "2"]).large).toBeCloseTo(28, 9)
})

test("an amount with VAT is taken apart", () => {
  const choices = { en: "gross", de: "brutto", fr: "TTC", es: "con IVA" }
  for (const language of starterLanguages) {
    const { values } = work("vat", language, ["119", "19", choices[language]])
    expect(values.map((value) => Math.round(value ?? 0))).toEqual([100, 19, 119])
  }
})
