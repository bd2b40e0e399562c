/**
 * A data model says which records a record keeper keeps. It is the app's `app.json`: the app reads
 * it when it starts, and whoever changes the app reads it from the project, never from memory.
 *
 * Names are identifiers (`due_date`), labels are for people ("Due date"). A renamed field keeps its
 * `column` and a renamed entity its `table`, so that no data moves. What the parts must be like
 * together is in `data-model-rules.ts`.
 */
import { z } from "zod"
import { audiences, identifierForm } from "./data-model-parts.ts"

const identifier = z
  .string()
  .regex(identifierForm, "Use small letters, digits and underscores, a letter first.")
const label = z
  .string()
  .trim()
  .min(1, "Give it a name.")
  .max(60, "Use at most 60 characters.")
  .regex(/^[^\p{C}]*$/u, "Use only characters that can be seen.")

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
  "references",
  "computed",
] as const

/** What a computed field is computed from; it is never stored. */
const formula = z.discriminatedUnion("kind", [
  /** how many records of the list `of` point at this one by their field `by` */
  z.strictObject({ kind: z.literal("count"), of: identifier, by: identifier }),
  /** the sum of those records' `field` */
  z.strictObject({ kind: z.literal("sum"), of: identifier, by: identifier, field: identifier }),
  /** days from today until a date of this record; negative once it is past */
  z.strictObject({ kind: z.literal("days_until"), field: identifier }),
  /** numbers of this record multiplied with each other and with a constant */
  z.strictObject({
    kind: z.literal("product"),
    fields: z.array(identifier).min(1).max(3),
    factor: z.number().min(-1_000_000).max(1_000_000).optional(),
  }),
  /** one number of this record minus others, times a constant */
  z.strictObject({
    kind: z.literal("difference"),
    fields: z.array(identifier).min(2).max(3),
    factor: z.number().min(-1_000_000).max(1_000_000).optional(),
  }),
])

const field = z.strictObject({
  name: identifier,
  label,
  type: z.enum(fieldTypes),
  required: z.boolean(),
  /** what a choice offers, in order */
  choices: z.array(label).min(1, "Give it at least one choice.").max(30).optional(),
  /** choices that are called otherwise now: records take the new word when the app starts */
  renamedChoices: z
    .array(z.strictObject({ from: label, to: label }))
    .max(60)
    .optional(),
  /** bounds of a number or a rating */
  min: z.number().min(-1e12).max(1e12).optional(),
  max: z.number().min(-1e12).max(1e12).optional(),
  /** shown behind a number, e.g. "kg" */
  unit: z.string().max(20, "Use at most 20 characters.").optional(),
  /** plural of the entity that a reference, or each of several, points at */
  to: identifier.optional(),
  /** a flag that closes its record: "overdue" leaves such records out */
  closes: z.boolean().optional(),
  /** what a new record begins with; "today" for a date */
  default: z.union([z.string().max(20_000), z.number(), z.boolean()]).optional(),
  formula: formula.optional(),
  /** the column in the database, when it is not `name` */
  column: identifier.optional(),
  /** an older column whose values are taken over when this field's column is made */
  copyFrom: identifier.optional(),
})

const order = z.strictObject({ field: identifier, direction: z.enum(["asc", "desc"]) })

export const viewKinds = ["table", "board", "calendar", "cards"] as const
const view = z.strictObject({
  name: identifier,
  label,
  kind: z.enum(viewKinds),
  /** of a board the choice that makes its columns, of a calendar the date that places a record */
  by: identifier.optional(),
  /** only records like this, in the words of the page's address: `{ field: "done", is: "no" }` */
  filter: z
    .array(z.strictObject({ field: identifier, is: z.string().min(1).max(200) }))
    .max(5)
    .optional(),
  sort: order.optional(),
  /** a choice of which the view says how many records have each value */
  counts: identifier.optional(),
})

const access = z.strictObject({ read: z.enum(audiences), write: z.enum(audiences) })

const entity = z.strictObject({
  name: identifier,
  plural: identifier,
  label,
  labelPlural: label,
  fields: z.array(field).min(1, "Give it at least one field.").max(40, "Use at most 40 fields."),
  /** which fields the page offers as filters; the API filters by every field */
  filters: z.array(z.strictObject({ field: identifier })).max(40),
  sort: order.optional(),
  /** ways to look at the list, the first one first; a table when there is none */
  views: z.array(view).max(8, "Use at most 8 views.").optional(),
  /** everybody, both, when absent */
  access: access.optional(),
  suggestion: z
    .strictObject({
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
  retired: z
    .array(z.strictObject({ column: identifier, field }))
    .max(200)
    .optional(),
})

/** Without a name in OpenAPI: what is sent may hold nothing unknown, what is received may grow. */
export const dataModel = z.strictObject({
  version: z.literal(1),
  name: label,
  entities: z.array(entity).min(1, "Keep at least one list.").max(12, "Keep at most 12 lists."),
  /** tables of removed entities: never given to another entity */
  retiredTables: z.array(identifier).max(200).optional(),
  /** sentences: what was asked for and is not in the app */
  unsupported: z.array(z.string().max(400)).max(30),
})

export type DataModel = z.infer<typeof dataModel>
export type Entity = z.infer<typeof entity>
export type Field = z.infer<typeof field>
export type FieldType = Field["type"]
export type View = z.infer<typeof view>
export type Audience = (typeof audiences)[number]

/** Reads the text of an `app.json`; undefined when it is not one of ours. */
export function readDataModel(text: string): DataModel | undefined {
  try {
    const parsed = dataModel.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

/** The text of `app.json`: one line for each field, so that a change of one is a change of a line. */
export function writeDataModel(model: DataModel): string {
  return `${indented(model, "")}\n`
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
