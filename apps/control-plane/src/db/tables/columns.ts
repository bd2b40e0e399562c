import type { IdOf, ids } from "@vibecaas/contract/kinds"
import { sql } from "drizzle-orm"
import { boolean, text, timestamp } from "drizzle-orm/pg-core"

/** Columns that most tables share. Times are UTC with millisecond precision. */
export const at = (name: string) =>
  timestamp(name, { withTimezone: true, precision: 3, mode: "date" })
export const createdAt = () => at("created_at").notNull().default(sql`now()`)
export const updatedAt = () => at("updated_at").notNull().default(sql`now()`)
/** A column that holds the id of one kind of thing; filled only by `newId`, or by what came as one. */
export const idColumn = <Thing extends keyof typeof ids>(name: string) =>
  text(name).$type<IdOf<Thing>>()
export const organizationId = () => idColumn<"organization">("organization_id").notNull()

/**
 * Whether the kind's loop must look at the row, from the row alone; the registry of objects follows it.
 *
 * @param when SQL over the row's own columns
 */
export const due = (when: string) => boolean("due").notNull().generatedAlwaysAs(sql.raw(when))
