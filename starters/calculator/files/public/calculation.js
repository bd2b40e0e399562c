// From what people typed to results, for the server and the browser alike.
import { workOut } from "./formula.js"
import { plainNumber, readNumber, showAmount } from "./numbers.js"

const typedCharsMax = 40

/** What stands in each field at first, by the ids of inputs. */
export const startOf = ({ inputs }, language) =>
  Object.fromEntries(
    inputs.map(({ id, kind, choices, value }) => [
      id,
      kind === "choice"
        ? choices[0].label
        : value === undefined
          ? ""
          : plainNumber(value, language),
    ]),
  )

/**
 * @param typed texts by the ids of inputs
 * @returns `fields` and `answers`, one for each input and result, each with a `problem` where it has one
 */
export function calculate({ inputs, results }, typed, { language }) {
  const values = new Map()
  const fields = inputs.map((input) => {
    const text = String(typed[input.id] ?? "").slice(0, typedCharsMax)
    const read = readField(input, text, language)
    if (read.value !== undefined) values.set(input.name, read.value)
    return { input, text, ...read }
  })
  const answers = results.map((result) => {
    const { value, problem } = workOut(result.tree, values)
    // From here on the name means the result, also where an input has the same one.
    hide(values, result.name)
    if (value !== undefined) values.set(result.name, value)
    const text = value === undefined ? "—" : showAmount(value, result, { language })
    return { result, value, problem, text }
  })
  return { fields, answers }
}

function hide(values, name) {
  for (const each of values.keys())
    if (each.toLowerCase() === name.toLowerCase()) values.delete(each)
}

function readField({ kind, choices, whole, min, max }, text, language) {
  if (kind === "choice") {
    const chosen = choices.find(({ label }) => label === text)
    return chosen ? { value: chosen.value } : { problem: { code: "choose" } }
  }
  // An empty field is no mistake: what needs it says so.
  if (text.trim() === "") return {}
  const value = readNumber(kind === "percent" ? text.replace(/%\s*$/, "") : text, language)
  if (value === undefined) return { problem: { code: "number" } }
  if (whole && !Number.isInteger(value)) return { problem: { code: "whole" } }
  if (value < min) return { problem: { code: "least", what: plainNumber(min, language) } }
  if (value > max) return { problem: { code: "most", what: plainNumber(max, language) } }
  return { value: kind === "percent" ? value / 100 : value }
}

/** The calculation as lines of text, to be copied. */
export function asText({ title, fields, answers }, { language }) {
  const given = fields.map(({ input, text, value }) => {
    const { kind } = input
    const shown =
      kind === "choice" || value === undefined
        ? text
        : showAmount(value, { ...input, decimals: kind === "money" ? undefined : 12 }, { language })
    return `${input.name}: ${shown}`
  })
  const found = answers.map(({ result, text }) => `${result.name}: ${text}`)
  return [title, ...given, "", ...found].join("\n")
}
