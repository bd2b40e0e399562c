import { z } from "zod"

/** A JSON schema that models are told and arguments are held to. */
export type InputSchema = Record<string, unknown>

const charsMax = 8000
const nodesMax = 300
const depthMax = 12
const wordsMax = 400

/** Keywords that are kept, by what stands behind them. */
const plain = new Set([
  ...["type", "enum", "const", "default", "format", "required", "title", "deprecated"],
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ...["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"],
])
const schemas = new Set(["items", "additionalProperties"])
const lists = new Set(["anyOf", "oneOf", "allOf", "prefixItems"])
const named = new Set(["properties"])

/**
 * A server's schema made small and tame: what it refers to within itself is put in its place, what
 * refers to itself becomes anything, and keywords that cost whoever checks by them, such as patterns, go.
 * It never refuses arguments that the server's own would take.
 *
 * @returns why it cannot be used, when it cannot
 */
export function tameSchema(given: unknown): { schema: InputSchema } | { wrong: string } {
  const walk = { root: given, nodes: 0 }
  try {
    const schema = tame(given, walk, { depth: 0, within: [] })
    if (!isRecord(schema) || schema.type !== "object") {
      return { wrong: "Its arguments are no object." }
    }
    if (JSON.stringify(schema).length > charsMax) throw new TooMuch()
    checkFor(schema)
    return { schema }
  } catch (error) {
    const wrong =
      error instanceof TooMuch
        ? "The description of its arguments is too large."
        : "The description of its arguments is not understood."
    return { wrong }
  }
}

class TooMuch extends Error {}

interface Walk {
  root: unknown
  nodes: number
}

interface Place {
  depth: number
  /** references that lead here, one within the other */
  within: readonly string[]
}

function tame(given: unknown, walk: Walk, { depth, within }: Place): unknown {
  walk.nodes += 1
  if (walk.nodes > nodesMax || depth > depthMax) throw new TooMuch()
  if (typeof given === "boolean") return given ? {} : { enum: [] }
  if (!isRecord(given)) throw new TypeError("a schema is an object")
  if (typeof given.$ref === "string") {
    const { $ref } = given
    if (within.includes($ref)) return {}
    return tame(find(walk.root, $ref), walk, { depth: depth + 1, within: [...within, $ref] })
  }
  const next = { depth: depth + 1, within }
  const kept = Object.entries(given).flatMap(([key, value]): [string, unknown][] => {
    if (key === "description" && typeof value === "string") return [[key, value.slice(0, wordsMax)]]
    if (plain.has(key)) return [[key, value]]
    if (schemas.has(key))
      return [[key, typeof value === "boolean" ? value : tame(value, walk, next)]]
    if (lists.has(key)) return [[key, listOf(value).map((each) => tame(each, walk, next))]]
    return named.has(key) ? [[key, properties(value, walk, next)]] : []
  })
  return Object.fromEntries(kept)
}

function properties(given: unknown, walk: Walk, place: Place): unknown {
  if (!isRecord(given)) throw new TypeError("properties are an object")
  const entries = Object.entries(given).filter(([name]) => name !== "__proto__")
  return Object.fromEntries(entries.map(([name, each]) => [name, tame(each, walk, place)]))
}

/** What a reference within the schema leads to. @throws when there is none */
function find(root: unknown, ref: string): unknown {
  if (ref === "#") return root
  if (!ref.startsWith("#/")) throw new TypeError("a reference to elsewhere")
  return ref
    .slice(2)
    .split("/")
    .map((part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((at: unknown, part) => {
      if (isRecord(at) && Object.hasOwn(at, part)) return at[part]
      throw new TypeError("a reference to nothing")
    }, root)
}

/** Judges arguments; formats are the server's to judge. */
export function checkFor(schema: InputSchema): z.ZodType {
  const text = JSON.stringify(schema, (key, value) =>
    key === "format" && typeof value === "string" ? undefined : value,
  )
  return z.fromJSONSchema(JSON.parse(text))
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  throw new TypeError("a list of schemas")
}
