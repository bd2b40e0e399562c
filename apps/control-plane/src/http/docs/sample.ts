import { type Described, refName, type Shape } from "./described.ts"

type Schemas = Described["components"]["schemas"]

/** A value that a schema takes: what must be there, each part by its example or its simplest form. */
export function sampleOf(shape: Shape, schemas: Schemas): unknown {
  if (shape.$ref !== undefined) return sampleOf(schemas[refName(shape.$ref)] ?? {}, schemas)
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  const one = shape.anyOf?.[0] ?? shape.oneOf?.[0] ?? shape.allOf?.[0]
  if (one) return sampleOf(one, schemas)
  const type = typeof shape.type === "string" ? shape.type : shape.type?.[0]
  if (type === "object" || shape.properties) return objectOf(shape, schemas)
  if (type === "array") return shape.items ? [sampleOf(shape.items, schemas)] : []
  if (type === "integer" || type === "number") return Math.max(shape.minimum ?? 1, 1)
  if (type === "boolean") return true
  return textOf(shape)
}

function objectOf({ properties = {}, required = [] }: Shape, schemas: Schemas): unknown {
  // A change without a field is none: the first is shown.
  const names = required.length > 0 ? required : Object.keys(properties).slice(0, 1)
  return Object.fromEntries(
    names.map((name) => [name, sampleOf(properties[name] ?? {}, schemas)] as const),
  )
}

function textOf({ pattern, format }: Shape): string {
  const id = /^\^([a-z]{2,4})_/.exec(pattern ?? "")?.[1]
  if (id) return `${id}_01k9x3v8hde8r8z6h3gk5c2v9w`
  return format === "date-time" ? "2026-12-31T12:00:00.000Z" : "text"
}
