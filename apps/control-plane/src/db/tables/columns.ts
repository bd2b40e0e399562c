import { sql } from "drizzle-orm"
import { text, timestamp } from "drizzle-orm/pg-core"

/** Columns that most tables share. Times are UTC with millisecond precision. */
export const at = (name: string) =>
  timestamp(name, { withTimezone: true, precision: 3, mode: "date" })
export const createdAt = () => at("created_at").notNull().default(sql`now()`)
export const updatedAt = () => at("updated_at").notNull().default(sql`now()`)
export const organizationId = () => text("organization_id").notNull()
