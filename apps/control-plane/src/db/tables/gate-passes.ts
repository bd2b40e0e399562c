import { foreignKey, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import { at, idColumn, organizationId } from "./columns.ts"
import { projects } from "./projects.ts"

/** Which servers let visitors of a project's app in without asking, and until when. */
export const gatePasses = pgTable(
  "gate_passes",
  {
    organizationId: organizationId(),
    projectId: idColumn<"project">("project_id").notNull(),
    /** one process of the server, from its start to its end */
    server: text("server").notNull(),
    expiresAt: at("expires_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.server] }),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }).onDelete("cascade"),
  ],
)
