import { sql } from "drizzle-orm"
import { bigint, boolean, customType, index, jsonb, pgTable, text } from "drizzle-orm/pg-core"
import { createdAt, organizationId } from "./columns.ts"

const xid8 = customType<{ data: string }>({ dataType: () => "xid8" })

/**
 * What the live stream tells, written in the transaction it tells about. Readers go by
 * (transaction, sequence) and stop below `pg_snapshot_xmin`: sequence numbers alone are not commit
 * order, and an event that commits late would be passed by.
 */
export const liveEvents = pgTable(
  "live_events",
  {
    sequence: bigint("sequence", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    transaction: xid8("transaction").notNull().default(sql`pg_current_xact_id()`),
    organizationId: organizationId(),
    topic: text("topic").notNull(),
    kind: text("kind").notNull(),
    objectId: text("object_id").notNull(),
    data: jsonb("data"),
    createdAt: createdAt(),
  },
  (t) => [
    index("live_events_topic").on(t.topic, t.transaction, t.sequence),
    index("live_events_age").on(t.createdAt),
  ],
)

/** One row: events of transactions below this one may have been removed, so cursors below are too old. */
export const liveHorizon = pgTable("live_horizon", {
  only: boolean("only").primaryKey().default(true),
  transaction: xid8("transaction").notNull(),
})
