import { bigint, integer, pgTable, text } from "drizzle-orm/pg-core"
import { at } from "./columns.ts"

/** Calls that were counted, where replicas count together; unlogged, since a crash may forget them. */
export const rateCounters = pgTable("rate_counters", {
  key: text("key").primaryKey(),
  window: bigint("window_number", { mode: "number" }).notNull(),
  count: integer("count").notNull(),
  before: integer("before").notNull(),
  /** from then on the row says nothing any more */
  endsAt: at("ends_at").notNull(),
})
