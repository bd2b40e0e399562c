// The words, numbers and signs of a formula, each with its place.
import { Problem } from "./problem.js"

/** What functions are called in the languages of the app. */
const functions = {
  round: ["round", "runden", "arrondir", "redondear"],
  min: ["min"],
  max: ["max"],
  if: ["if", "wenn", "si"],
  abs: ["abs"],
  floor: ["floor", "abrunden", "plancher", "piso"],
  ceil: ["ceil", "aufrunden", "plafond", "techo"],
  sqrt: ["sqrt", "wurzel", "racine", "raíz"],
}
const functionByWord = new Map(
  Object.entries(functions).flatMap(([name, words]) => words.map((word) => [word, name])),
)

const signs = {
  ...{ "+": "+", "-": "-", "−": "-", "–": "-", "*": "*", "×": "*", "·": "*", "/": "/", "÷": "/" },
  ...{ "^": "^", "(": "(", ")": ")", ";": ";", ",": ";", "%": "%" },
  ...{ "<": "<", ">": ">", "=": "=", "≤": "<=", "≥": ">=", "≠": "!=" },
}
const doubles = { "<=": "<=", ">=": ">=", "!=": "!=", "<>": "!=", "==": "=", "**": "^" }

const number = /(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:e[+-]?\d+)?/iy
const word = /\p{L}[\p{L}\p{N}_]*/uy
const call = /(\p{L}+)\s*\(/uy
const wordGoesOn = /^[\p{L}\p{N}_]/u

/** @param names what may be spoken of; the longest that stands somewhere is meant */
export function tokensOf(text, names) {
  const known = [...names].sort((one, other) => other.length - one.length)
  const tokens = []
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text[at])) at++
    else {
      const token = tokenAt(text, at, known)
      tokens.push({ ...token, at, text: text.slice(at, token.to) })
      at = token.to
    }
  }
  return tokens.map((token) => (token.sign ? { ...token, text: token.sign } : token))
}

function tokenAt(text, at, known) {
  const called = match(call, text, at)
  const name = called && functionByWord.get(called[1].toLowerCase())
  if (name) return { kind: "function", name, to: at + called[0].length }
  const named = known.find((each) => standsAt(text, at, each))
  if (named) return { kind: "name", name: named, to: at + named.length }
  const digits = match(number, text, at)
  if (digits) return numberToken(digits[0], at)
  const sign = doubles[text.slice(at, at + 2)]
  if (sign) return { kind: "sign", sign, to: at + 2 }
  if (Object.hasOwn(signs, text[at])) return { kind: "sign", sign: signs[text[at]], to: at + 1 }
  const [what] = match(word, text, at) ?? [String.fromCodePoint(text.codePointAt(at))]
  throw new Problem("unknown", { what, at, to: at + what.length })
}

function numberToken(digits, at) {
  const value = Number(digits.replace(",", "."))
  const to = at + digits.length
  if (!Number.isFinite(value)) throw new Problem("no-number", { what: digits, at, to })
  return { kind: "number", value, to }
}

function match(pattern, text, at) {
  pattern.lastIndex = at
  return pattern.exec(text)
}

const standsAt = (text, at, name) =>
  text.slice(at, at + name.length).toLowerCase() === name.toLowerCase() &&
  !wordGoesOn.test(text.slice(at + name.length, at + name.length + 2))
