import { bigint, index, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core"
import { at, organizationId } from "./columns.ts"

/**
 * Append-only: a trigger refuses update, delete and truncate, but for the erasure of what is known
 * of a person. Each record is chained to the one before it in its organization.
 */
export const auditRecords = pgTable(
  "audit_records",
  {
    id: text("id").primaryKey(),
    organizationId: organizationId(),
    at: at("at").notNull(),
    action: text("action").notNull(),
    actorKind: text("actor_kind", { enum: ["user", "system", "agent", "key"] }).notNull(),
    actorId: text("actor_id"),
    actorName: text("actor_name").notNull(),
    subject: text("subject").notNull(),
    ip: text("ip"),
    requestId: text("request_id"),
    details: jsonb("details").$type<Record<string, unknown>>().notNull(),
    /** the project that the subject is or is of; found by the database, and in no digest */
    projectId: text("project_id"),
    /** random, so that a digest tells nothing of words that were erased; null once they were */
    salt: text("salt"),
    /** of everything above but the project; null before records were chained, as all below */
    digest: text("digest"),
    /** counts the organization's records from 1, without gaps */
    number: bigint("number", { mode: "number" }),
    /** `hash` of the record before */
    previous: text("previous"),
    hash: text("hash"),
    erasedAt: at("erased_at"),
  },
  (t) => [
    index("audit_records_page").on(t.organizationId, t.id),
    index("audit_records_actor").on(t.organizationId, t.actorId, t.id),
    index("audit_records_project").on(t.organizationId, t.projectId, t.id),
    unique("audit_records_number").on(t.organizationId, t.number),
  ],
)

/** The newest record of each organization's chain; written by the trigger alone. */
export const auditHeads = pgTable("audit_heads", {
  organizationId: text("organization_id").primaryKey(),
  number: bigint("number", { mode: "number" }).notNull(),
  hash: text("hash").notNull(),
})
