// Reads what was typed as a number or a sum: + - * / and brackets, a point or a comma for decimals.
// No `eval`: what is not understood is answered with undefined.

const charsMax = 100

/** The value of a sum, or undefined when it cannot be read or has no finite value. */
export function readSum(text) {
  if (typeof text !== "string" || text.length > charsMax) return undefined
  const tokens = tokensOf(text)
  if (!tokens || tokens.length === 0) return undefined
  const reader = { tokens, at: 0 }
  const value = readTerms(reader)
  return reader.at === tokens.length && Number.isFinite(value) ? value : undefined
}

function tokensOf(text) {
  const plain = text.replaceAll("×", "*").replaceAll("÷", "/").replaceAll("−", "-")
  const parts = plain.match(/\d+(?:[.,]\d+)?(?:e[+-]?\d+)?|[.,]\d+|[-+*/()]|\S/gi) ?? []
  const understood = /^(?:\d+(?:[.,]\d+)?(?:e[+-]?\d+)?|[.,]\d+|[-+*/()])$/i
  return parts.every((part) => understood.test(part)) ? parts : undefined
}

const next = (reader, ...wanted) =>
  wanted.includes(reader.tokens[reader.at]) ? reader.tokens[reader.at++] : undefined

function readTerms(reader) {
  let value = readFactors(reader)
  for (let sign = next(reader, "+", "-"); sign; sign = next(reader, "+", "-")) {
    const term = readFactors(reader)
    value = sign === "+" ? value + term : value - term
  }
  return value
}

function readFactors(reader) {
  let value = readSigned(reader)
  for (let sign = next(reader, "*", "/"); sign; sign = next(reader, "*", "/")) {
    const factor = readSigned(reader)
    value = sign === "*" ? value * factor : value / factor
  }
  return value
}

function readSigned(reader) {
  const sign = next(reader, "-", "+")
  if (sign) return sign === "-" ? -readSigned(reader) : readSigned(reader)
  if (next(reader, "(")) {
    const value = readTerms(reader)
    return next(reader, ")") ? value : Number.NaN
  }
  const token = reader.tokens[reader.at++]
  return token === undefined ? Number.NaN : Number(token.replace(",", "."))
}
