import { sql } from "drizzle-orm"
import { bigint, customType, index, jsonb, pgTable, text } from "drizzle-orm/pg-core"
import { createdAt, organizationId } from "./columns.ts"

const xid8 = customType<{ data: string }>({ dataType: () => "xid8" })

/**
 * What the live stream tells, written in the transaction it tells about. Readers stop below
 * `pg_snapshot_xmin`, because sequence numbers are not commit order.
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
    index("live_events_topic").on(t.topic, t.sequence),
    index("live_events_age").on(t.createdAt),
  ],
)
