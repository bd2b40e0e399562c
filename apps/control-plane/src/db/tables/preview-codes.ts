import { foreignKey, index, pgTable, text } from "drizzle-orm/pg-core"
import { at, idColumn, organizationId } from "./columns.ts"
import { projects } from "./projects.ts"

/** One-time codes that open a private preview; only their hash is kept. */
export const previewCodes = pgTable(
  "preview_codes",
  {
    organizationId: organizationId(),
    codeHash: text("code_hash").primaryKey(),
    projectId: idColumn<"project">("project_id").notNull(),
    userId: text("user_id").notNull(),
    /** the sign-in that asked: when it ends, so does what the code opened */
    sessionId: text("session_id").notNull(),
    host: text("host").notNull(),
    returnTo: text("return_to").notNull(),
    expiresAt: at("expires_at").notNull(),
    redeemedAt: at("redeemed_at"),
  },
  (t) => [
    index("preview_codes_age").on(t.expiresAt),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }).onDelete("cascade"),
  ],
)
