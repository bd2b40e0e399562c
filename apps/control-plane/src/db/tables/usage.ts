import { bigint, index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core"
import { at, organizationId } from "./columns.ts"

/** Append-only meter events; the unique source key makes recording the same fact twice harmless. */
export const usageEvents = pgTable(
  "usage_events",
  {
    id: text("id").primaryKey(),
    organizationId: organizationId(),
    meter: text("meter").notNull(),
    quantity: bigint("quantity", { mode: "number" }).notNull(),
    sourceKey: text("source_key").notNull(),
    subject: text("subject").notNull(),
    at: at("at").notNull(),
  },
  (t) => [
    uniqueIndex("usage_events_source").on(t.organizationId, t.meter, t.sourceKey),
    index("usage_events_meter").on(t.organizationId, t.meter, t.at),
    index("usage_events_time").on(t.organizationId, t.at),
  ],
)
