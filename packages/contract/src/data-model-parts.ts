/** What is known of the parts of a data model without its schema: light enough for any page. */

export const identifierForm = /^[a-z][a-z0-9_]{0,39}$/

/** Who may do something: anybody, whoever has an account in the app, or only the app's owner. */
export const audiences = ["everybody", "signed_in", "owner"] as const

/** Whether a type's values are numbers that can be computed with. */
export const isNumeric = (type: string) =>
  ["whole_number", "decimal", "money", "rating"].includes(type)

/** The column that a field has, or would have: what makes it the same field under another name. */
export const columnOf = (field: { column?: string | undefined; name: string }) =>
  field.column ?? field.name

/** The table that an entity has, or would have. */
export const tableOf = (entity: { table?: string | undefined; plural: string }) =>
  entity.table ?? entity.plural
