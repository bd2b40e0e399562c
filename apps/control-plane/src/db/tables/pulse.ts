import { sql } from "drizzle-orm"
import { boolean, check, pgTable } from "drizzle-orm/pg-core"
import { at } from "./columns.ts"

/** One row, written again and again to see that the database still takes changes: see `pulse.ts`. */
export const pulse = pgTable(
  "pulse",
  {
    single: boolean("single").primaryKey().default(true),
    beatenAt: at("beaten_at").notNull().defaultNow(),
  },
  (t) => [check("pulse_single", sql`${t.single}`)],
)
