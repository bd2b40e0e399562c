import { sql } from "drizzle-orm"
import { index, pgTable, text } from "drizzle-orm/pg-core"
import { createdAt, organizationId } from "./columns.ts"

/**
 * Which object answers at which host, for all kinds. A row outlives its object, so that no name is
 * ever used again: a visitor's service worker outlives it too.
 */
export const hosts = pgTable(
  "hosts",
  {
    /** a label below the apps' domain, or a whole name elsewhere, which has a dot */
    host: text("host").primaryKey(),
    organizationId: organizationId().default(sql`current_setting('app.organization')`),
    /** the target's noun */
    targetKind: text("target_kind").notNull(),
    targetId: text("target_id").notNull(),
    /** `retired`: its target is gone, the name stays taken */
    state: text("state", { enum: ["serving", "retired"] })
      .notNull()
      .default("serving"),
    createdAt: createdAt(),
  },
  (t) => [index("hosts_target").on(t.organizationId, t.targetId)],
)
