// Reads formulas such as `(Bill + Tip) / People` and works them out. No `eval`: what is not understood
// is answered with a problem that says what it is and where it stands.
import { tokensOf } from "./formula-tokens.js"
import { Problem } from "./problem.js"

export const formulaCharsMax = 200

/**
 * Takes a formula apart.
 * @param names what it may speak of, such as "Bill"
 * @returns `{ tree }`, or `{ problem }`
 */
export function readFormula(text, names = []) {
  try {
    if (text.length > formulaCharsMax) throw new Problem("long")
    const reader = { tokens: tokensOf(text, names), at: 0, text }
    if (reader.tokens.length === 0) throw new Problem("empty")
    const tree = readComparison(reader)
    const left = reader.tokens[reader.at]
    if (left) throw new Problem("unexpected", { what: left.text, at: left.at, to: left.to })
    return { tree }
  } catch (error) {
    if (error instanceof Problem) return { problem: error }
    throw error
  }
}

/**
 * The value of a formula that was read.
 * @param values numbers by name; a name without one is a problem
 * @returns `{ value }`, finite, or `{ problem }`
 */
export function workOut(tree, values) {
  try {
    return { value: resultOf(tree, values) }
  } catch (error) {
    if (error instanceof Problem) return { problem: error }
    throw error
  }
}

/** Rounds halves away from zero as decimals are written, so that 1.005 becomes 1.01. */
export function round(value, digits = 0) {
  const shifted = Number(`${Number(value.toPrecision(15))}e${digits}`)
  // Numbers that are written with an exponent are too large or too small to be rounded.
  if (!Number.isFinite(shifted)) return value
  return Number(`${Math.sign(shifted) * Math.round(Math.abs(shifted))}e${-digits}`)
}

const kindsOfSum = { "+": "add", "-": "subtract" }
const kindsOfProduct = { "*": "multiply", "/": "divide" }

function next(reader, ...wanted) {
  const token = reader.tokens[reader.at]
  if (token?.kind !== "sign" || !wanted.includes(token.text)) return undefined
  reader.at++
  return token
}

function readComparison(reader) {
  const left = readSum(reader)
  const sign = next(reader, "<", ">", "<=", ">=", "=", "!=")
  return sign ? node(reader, sign.text, [left, readSum(reader)]) : left
}

function readSum(reader) {
  let left = readProduct(reader)
  for (let sign = next(reader, "+", "-"); sign; sign = next(reader, "+", "-"))
    left = node(reader, kindsOfSum[sign.text], [left, readProduct(reader)])
  return left
}

function readProduct(reader) {
  let left = readSigned(reader)
  for (let sign = next(reader, "*", "/"); sign; sign = next(reader, "*", "/"))
    left = node(reader, kindsOfProduct[sign.text], [left, readSigned(reader)])
  return left
}

function readSigned(reader) {
  const sign = next(reader, "-", "+")
  if (!sign) return readPower(reader)
  const of = readSigned(reader)
  return sign.text === "-" ? node(reader, "negate", [of]) : of
}

function readPower(reader) {
  let base = readAtom(reader)
  for (let sign = next(reader, "%"); sign; sign = next(reader, "%"))
    base = node(reader, "percent", [base])
  return next(reader, "^") ? node(reader, "power", [base, readSigned(reader)]) : base
}

function readAtom(reader) {
  const token = reader.tokens[reader.at++]
  if (!token) throw new Problem("unfinished", { at: reader.text.length })
  const { at, to } = token
  if (token.kind === "number") return { op: "number", value: token.value, at, to }
  if (token.kind === "name") return { op: "name", name: token.name, at, to }
  if (token.kind === "function") return readCall(reader, token)
  if (token.kind === "sign" && token.text === "(") {
    const inner = readComparison(reader)
    close(reader, token)
    return inner
  }
  throw new Problem("unexpected", { what: token.text, at, to })
}

function readCall(reader, token) {
  const parts = []
  if (!next(reader, ")")) {
    do parts.push(readComparison(reader))
    while (next(reader, ";"))
    close(reader, token)
  }
  const [least, most] = counts[token.name]
  if (parts.length < least || parts.length > most)
    throw new Problem("count", { what: token.text, at: token.at, to: token.to })
  return { op: token.name, parts, at: token.at, to: reader.tokens[reader.at - 1].to }
}

function close(reader, { at, to }) {
  if (next(reader, ")")) return
  const found = reader.tokens[reader.at]
  if (found) throw new Problem("unexpected", { what: found.text, at: found.at, to: found.to })
  throw new Problem("unclosed", { at, to })
}

function node({ text }, op, parts) {
  const [first] = parts
  const last = parts.at(-1)
  return { op, parts, at: first.at, to: last.to, divisor: text.slice(last.at, last.to) }
}

/** How many values each function takes, from and to. */
const counts = {
  round: [1, 2],
  min: [1, 12],
  max: [1, 12],
  if: [3, 3],
  abs: [1, 1],
  floor: [1, 1],
  ceil: [1, 1],
  sqrt: [1, 1],
}

const operations = {
  add: (one, other) => one + other,
  subtract: (one, other) => one - other,
  multiply: (one, other) => one * other,
  divide: (one, other) => one / other,
  negate: (one) => -one,
  percent: (one) => one / 100,
  power: (one, other) => one ** other,
  "<": (one, other) => Number(one < other),
  ">": (one, other) => Number(one > other),
  "<=": (one, other) => Number(one <= other),
  ">=": (one, other) => Number(one >= other),
  "=": (one, other) => Number(one === other),
  "!=": (one, other) => Number(one !== other),
  round: (one, digits = 0) =>
    Math.abs(digits) <= 12 ? round(one, Math.trunc(digits)) : Number.NaN,
  min: Math.min,
  max: Math.max,
  abs: Math.abs,
  floor: Math.floor,
  ceil: Math.ceil,
  sqrt: Math.sqrt,
}

function resultOf(tree, values) {
  const { op, at, to } = tree
  if (op === "number") return tree.value
  if (op === "name") {
    const value = values.get(tree.name)
    if (value === undefined) throw new Problem("missing", { what: tree.name, at, to })
    return value
  }
  // Only what is chosen is worked out, so that a formula can avoid a division by zero.
  if (op === "if") return resultOf(tree.parts[resultOf(tree.parts[0], values) ? 1 : 2], values)
  const given = tree.parts.map((part) => resultOf(part, values))
  if (op === "divide" && given[1] === 0) throw new Problem("zero", { what: tree.divisor, at, to })
  const value = operations[op](...given)
  if (!Number.isFinite(value)) throw new Problem("no-number", { at, to })
  return value
}
