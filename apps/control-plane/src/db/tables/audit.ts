import { index, jsonb, pgTable, text } from "drizzle-orm/pg-core"
import { at, organizationId } from "./columns.ts"

/** Append-only: a trigger refuses update, delete and truncate. */
export const auditRecords = pgTable(
  "audit_records",
  {
    id: text("id").primaryKey(),
    organizationId: organizationId(),
    at: at("at").notNull(),
    action: text("action").notNull(),
    actorKind: text("actor_kind", { enum: ["user", "system", "agent"] }).notNull(),
    actorId: text("actor_id"),
    actorName: text("actor_name").notNull(),
    subject: text("subject").notNull(),
    ip: text("ip"),
    requestId: text("request_id"),
    details: jsonb("details").$type<Record<string, unknown>>().notNull(),
  },
  (t) => [index("audit_records_page").on(t.organizationId, t.id)],
)
