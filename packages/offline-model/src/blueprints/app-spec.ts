/**
 * An app spec says which records a record keeper keeps. It is the app's `app.json`: the app reads
 * it when it starts, and whoever changes the app reads it from the project, never from memory.
 *
 * Names are identifiers (`due_date`), labels are for people ("Due date"). A renamed field keeps its
 * `column` and a renamed entity its `table`, so that no data moves.
 */
import { z } from "zod"

const identifier = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)
const label = z.string().min(1).max(60)

export const fieldTypes = [
  "text",
  "long_text",
  "whole_number",
  "decimal",
  "money",
  "flag",
  "date",
  "datetime",
  "time",
  "email",
  "url",
  "phone",
  "choice",
  "rating",
  "color",
  "reference",
] as const

const fieldSchema = z.object({
  name: identifier,
  label,
  type: z.enum(fieldTypes),
  required: z.boolean(),
  /** what a choice offers, in order */
  choices: z.array(z.string().min(1).max(60)).min(1).max(30).optional(),
  /** bounds of a number or a rating; a number without `min` gets 0 where less makes no sense */
  min: z.number().optional(),
  max: z.number().optional(),
  /** shown behind a number, e.g. "kg" */
  unit: z.string().max(20).optional(),
  /** plural of the entity a reference points at */
  to: identifier.optional(),
  /** a flag that closes its record: "overdue" leaves such records out */
  closes: z.boolean().optional(),
  /** the column in the database, when it is not `name` */
  column: identifier.optional(),
  /** an older column whose values are taken over when this field's column is made */
  copyFrom: identifier.optional(),
})

const entitySchema = z.object({
  name: identifier,
  plural: identifier,
  label,
  labelPlural: label,
  fields: z.array(fieldSchema).min(1).max(40),
  /** which fields the page offers as filters; the API filters by every field */
  filters: z.array(z.object({ field: identifier })).max(40),
  sort: z.object({ field: identifier, direction: z.enum(["asc", "desc"]) }).optional(),
  suggestion: z
    .object({
      title: label,
      /** a flag that is false, or any field that is empty, in records still open */
      open: identifier.optional(),
      /** the rating that says what was liked */
      rating: identifier.optional(),
      /** fields whose equal values make two records alike */
      like: z.array(identifier).max(10).optional(),
    })
    .optional(),
  /** the table in the database, when it is not `plural` */
  table: identifier.optional(),
  /** columns of removed fields: never given to another field */
  retired: z.array(z.object({ column: identifier, field: fieldSchema })).optional(),
})

export const appSpecSchema = z.object({
  version: z.literal(1),
  name: label,
  entities: z.array(entitySchema).min(1).max(12),
  /** tables of removed entities: never given to another entity */
  retiredTables: z.array(identifier).optional(),
  /** sentences: what was asked for and is not in the app */
  unsupported: z.array(z.string().max(400)).max(30),
})

export type AppSpec = z.infer<typeof appSpecSchema>
export type Entity = z.infer<typeof entitySchema>
export type Field = z.infer<typeof fieldSchema>
export type FieldType = Field["type"]

/** Reads the text of an `app.json`; undefined when it is not one of ours. */
export function readAppSpec(text: string): AppSpec | undefined {
  try {
    const parsed = appSpecSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

/** The text of `app.json`: one line for each field, so that a change of one is a change of a line. */
export function writeAppSpec(spec: AppSpec): string {
  return `${indented(spec, "")}\n`
}

function indented(value: unknown, margin: string): string {
  const isField = isObject(value) && ("type" in value || "field" in value)
  if (!isObject(value) || isField || JSON.stringify(value).length < 60) return onOneLine(value)
  const inner = `${margin}  `
  const [open, close] = Array.isArray(value) ? "[]" : "{}"
  const parts = partsOf(value, (each) => indented(each, inner)).map((part) => inner + part)
  return `${open}\n${parts.join(",\n")}\n${margin}${close}`
}

function onOneLine(value: unknown): string {
  if (!isObject(value)) return JSON.stringify(value)
  const parts = partsOf(value, onOneLine).join(", ")
  if (Array.isArray(value)) return `[${parts}]`
  return parts === "" ? "{}" : `{ ${parts} }`
}

/** What stands between an object's brackets. */
function partsOf(value: object, write: (each: unknown) => string): string[] {
  if (Array.isArray(value)) return value.map(write)
  return Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([key, each]) => `${JSON.stringify(key)}: ${write(each)}`)
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null
