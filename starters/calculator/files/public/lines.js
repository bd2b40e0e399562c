// Inputs and results as people write them in settings.json, a line each:
//
//     People: 2; whole; 1 to 50          Where: Town = 1 | Country = 1.5
//     * Per person = (Bill + Tip) / People; €
import { readFormula } from "./formula.js"
import { readNumber, readUnit } from "./numbers.js"
import { Problem } from "./problem.js"

const nameCharsMax = 40
const name = /^\p{L}[\p{L}\p{N} ._'’&-]*$/u
const wholeWords = ["whole", "ganz", "ganze", "entier", "entière", "entero", "entera"]
const amount = /^(Fr\.|[^\d.,+−-]*?)\s*([+−-]?[\d.,](?:[\d.,'’\s]*\d)?)\s*(.*)$/u
const range = /^(.+?)\s*(?:\.\.|–|—|\bto\b|\bbis\b|(?<=\s)[àa](?=\s)|(?<=\d)-)\s*(.+)$/u
const bound = /^(min|max)\.?:?\s*(.+)$/iu
const decimals = /^(\d)(?:\s+\p{L}+)?$/u

/**
 * What the lines say, and those that say nothing, each with its problem.
 * @param settings `{ inputs, results, language, currency }`
 */
export function readLines({ inputs: inputLines, results: resultLines, ...settings }) {
  const inputs = { found: [], unread: [], ids: new Set() }
  for (const line of inputLines) take(inputs, line, () => readInput(line, inputs, settings))
  const results = { found: [], unread: [], ids: inputs.ids }
  for (const line of resultLines)
    take(results, line, () => readResult(line, { inputs, results }, settings))
  const large = results.found.find(({ isMarked }) => isMarked) ?? results.found[0]
  return {
    inputs: inputs.found,
    results: results.found.map((each) => ({ ...each, isLarge: each === large })),
    unread: [...inputs.unread, ...results.unread],
  }
}

function take(list, line, read) {
  try {
    list.found.push(read())
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    list.unread.push({ line, problem: error })
  }
}

function readInput(line, list, settings) {
  const colon = line.indexOf(":")
  if (colon < 0) throw new Problem("no-colon")
  const named = nameOf(line.slice(0, colon))
  if (list.found.some((each) => isSame(each.name, named)))
    throw new Problem("twice", { what: named })
  const [first, ...others] = partsOf(line.slice(colon + 1))
  const input = first.includes("|")
    ? { kind: "choice", unit: "", choices: choicesOf(first, settings) }
    : { ...amountOf(first, settings), ...limitsOf(others, settings) }
  if (first.includes("|") && others.length > 0) throw new Problem("part", { what: others[0] })
  return { ...input, name: named, id: idOf(named, list.ids), line }
}

function amountOf(text, settings) {
  const [, before, digits, after] = amount.exec(text) ?? [null, text, "", ""]
  const value = digits === "" ? undefined : readNumber(digits, settings.language)
  if (digits !== "" && value === undefined) throw new Problem("number", { what: digits })
  return { ...unitOf(before.trim() || after, settings), value }
}

function unitOf(text, { currency }) {
  const unit = readUnit(text)
  const isOther = unit.kind === "money" && currency !== "as written"
  return isOther ? { ...unit, currency } : unit
}

function choicesOf(text, settings) {
  const choices = text.split("|").map((part) => {
    const equals = part.lastIndexOf("=")
    const label = part.slice(0, equals < 0 ? undefined : equals).trim()
    if (equals < 0) throw new Problem("choice", { what: label })
    const { kind, value } = amountOf(part.slice(equals + 1).trim(), settings)
    if (value === undefined || label === "") throw new Problem("choice", { what: part.trim() })
    return { label, value: kind === "percent" ? value / 100 : value }
  })
  const again = choices.find(
    ({ label }, at) => choices.findIndex((each) => each.label === label) < at,
  )
  if (again) throw new Problem("twice", { what: again.label })
  return choices
}

function limitsOf(parts, { language }) {
  const limits = {}
  const number = (text) => {
    const value = readNumber(text.replace(/[^\d.,'’+−-]+$/u, ""), language)
    if (value === undefined) throw new Problem("number", { what: text })
    return value
  }
  for (const part of parts) {
    const [, from, to] = range.exec(part) ?? []
    const [, which, at] = bound.exec(part) ?? []
    if (wholeWords.includes(part.toLowerCase())) limits.whole = true
    else if (which) limits[which.toLowerCase()] = number(at)
    else if (from) Object.assign(limits, { min: number(from), max: number(to) })
    else throw new Problem("part", { what: part })
  }
  if (limits.min > limits.max) throw new Problem("range")
  return limits
}

function readResult(line, { inputs, results }, settings) {
  const isMarked = /^\s*\*/.test(line)
  const said = line.replace(/^\s*\*\s*/, "")
  const equals = said.indexOf("=")
  if (equals < 0) throw new Problem("no-equals")
  const named = nameOf(said.slice(0, equals))
  if (results.found.some((each) => isSame(each.name, named)))
    throw new Problem("twice", { what: named })
  const [formula, ...others] = partsOf(said.slice(equals + 1))
  const known = [...results.found, ...inputs.found].map((each) => each.name)
  const { tree, problem } = readFormula(formula, known)
  if (problem) throw Object.assign(problem, { formula })
  const shown = shownAs(others, settings)
  return { ...shown, name: named, id: idOf(named, results.ids), formula, tree, isMarked, line }
}

function shownAs(parts, settings) {
  const shown = { kind: "number", unit: "" }
  for (const part of parts) {
    const [, digits] = decimals.exec(part) ?? []
    if (digits) shown.decimals = Number(digits)
    else if (wholeWords.includes(part.toLowerCase())) shown.decimals = 0
    else Object.assign(shown, unitOf(part, settings))
  }
  return shown
}

/** Divides at ";" outside of brackets, where it parts what a function is given. */
function partsOf(text) {
  const parts = [""]
  let depth = 0
  for (const sign of text) {
    if (sign === "(") depth++
    if (sign === ")") depth--
    if (sign === ";" && depth <= 0) parts.push("")
    else parts[parts.length - 1] += sign
  }
  const [first, ...others] = parts.map((part) => part.trim().replaceAll(/\s+/g, " "))
  return [first, ...others.filter(Boolean)]
}

function nameOf(text) {
  const named = text.trim().replaceAll(/\s+/g, " ")
  if (!name.test(named) || named.length > nameCharsMax) throw new Problem("name", { what: named })
  return named
}

const isSame = (one, other) => one.toLowerCase() === other.toLowerCase()

/** A name for addresses and fields, of small letters without accents, that no other has. */
function idOf(text, taken) {
  const plain = text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase()
  const slug = plain.replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "") || "value"
  let id = slug
  for (let at = 2; taken.has(id); at++) id = `${slug}-${at}`
  taken.add(id)
  return id
}
