import { z } from "zod"

export type JsonSchema = Record<string, unknown>

/** Turns schemas into JSON Schema and collects the named ones as OpenAPI components. */
export interface SchemaWriter {
  /** @param io `input` is what a client sends (defaults optional), `output` what it receives */
  write(schema: z.ZodType, io: "input" | "output"): JsonSchema
  components(): Record<string, JsonSchema>
}

export function schemaWriter(): SchemaWriter {
  const components: Record<string, JsonSchema> = {}

  const keep = (name: string, schema: JsonSchema) => {
    const text = JSON.stringify(schema)
    const known = components[name]
    if (known && JSON.stringify(known) !== text) {
      throw new Error(`two schemas are named ${name}; give one of them another .meta({ id })`)
    }
    components[name] = schema
  }

  return {
    write(schema, io) {
      const written = z.toJSONSchema(schema, {
        io,
        target: "draft-2020-12",
        unrepresentable: "any",
        override: ({ jsonSchema }) => {
          // A client must not break when an answer grows a field.
          if (io === "output" && jsonSchema.additionalProperties === false)
            delete jsonSchema.additionalProperties
        },
      }) as JsonSchema // a JSON object by definition
      const { $schema: _, $defs: named = {}, ...root } = written
      for (const [name, definition] of Object.entries(named as Record<string, JsonSchema>)) {
        keep(name, clean(definition))
      }
      const { id, ...rest } = root
      if (typeof id !== "string") return clean(rest)
      keep(id, clean(rest))
      return { $ref: componentRef(id) }
    },
    components: () => components,
  }
}

const componentRef = (name: string) => `#/components/schemas/${name}`

/** Points references at the components and drops the names that the definitions repeat. */
function clean(schema: JsonSchema): JsonSchema {
  const { id: _, ...rest } = schema
  return JSON.parse(JSON.stringify(rest), (key, value) =>
    key === "$ref" && typeof value === "string"
      ? value.replace("#/$defs/", "#/components/schemas/")
      : value,
  )
}
