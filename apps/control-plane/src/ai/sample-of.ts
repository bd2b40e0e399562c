const depthMax = 12
const word = "simulated"

/** What of a schema is looked at. */
type Schema = Readonly<Partial<Record<Keyword, unknown>>>
type Keyword =
  | ("$ref" | "const" | "enum" | "anyOf" | "oneOf" | "allOf" | "type" | "properties" | "items")
  | ("format" | "minItems" | "minimum" | "maximum" | "minLength" | "maxLength")
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null
const isSchema = (value: unknown): value is Schema => isObject(value)

/** A value in the form of a JSON schema, as far as a simulator needs one: its texts say that they are simulated. */
export function sampleOf(schema: unknown): unknown {
  return sample(schema, { root: schema, depth: 0 })
}

interface At {
  root: unknown
  depth: number
}

function sample(schema: unknown, { root, depth }: At): unknown {
  if (!isSchema(schema) || depth > depthMax) return null
  const at = { root, depth: depth + 1 }
  if (typeof schema.$ref === "string") return sample(referred(root, schema.$ref), at)
  if ("const" in schema) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0]
  for (const choice of [schema.anyOf, schema.oneOf])
    if (Array.isArray(choice)) return sample(choice[0], at)
  if (Array.isArray(schema.allOf))
    return sample(Object.assign({}, schema, { allOf: undefined }, ...schema.allOf), at)
  return ofType(schema, at)
}

function ofType(schema: Schema, at: At): unknown {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  switch (type) {
    case "object":
      return objectOf(schema, at)
    case "array": {
      const count = Math.min(Math.max(numberIn(schema.minItems, 1), 0), 20)
      return Array.from({ length: count }, () => sample(schema.items, at))
    }
    case "integer":
    case "number":
      return numberIn(schema.minimum, Math.min(0, numberIn(schema.maximum, 0)))
    case "boolean":
      return false
    case "null":
      return null
    case "string":
      return textOf(schema)
    default:
      return schema.properties ? objectOf(schema, at) : word
  }
}

function objectOf({ properties }: Schema, at: At): object {
  const all = isSchema(properties) ? Object.entries(properties) : []
  return Object.fromEntries(all.map(([name, each]) => [name, sample(each, at)]))
}

const formats: Readonly<Record<string, string>> = {
  "date-time": "2000-01-01T00:00:00Z",
  date: "2000-01-01",
  time: "00:00:00Z",
  email: "simulated@example.com",
  uri: "https://example.com/simulated",
  uuid: "00000000-0000-4000-8000-000000000000",
}

function textOf({ format, minLength, maxLength }: Schema): string {
  const text = (typeof format === "string" && formats[format]) || word
  const least = Math.min(numberIn(minLength, 0), 1000)
  return text.padEnd(least, ".").slice(0, Math.max(numberIn(maxLength, 1000), 0))
}

const numberIn = (value: unknown, otherwise: number) =>
  typeof value === "number" ? value : otherwise

/** Within the schema alone. */
function referred(root: unknown, path: string): unknown {
  if (!path.startsWith("#")) return undefined
  const names = path.slice(1).split("/").filter(Boolean)
  return names.reduce<unknown>(
    (at, name) => (isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined),
    root,
  )
}
