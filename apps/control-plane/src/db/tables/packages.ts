import { foreignKey, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import { createdAt, idColumn, organizationId } from "./columns.ts"
import { projects } from "./projects.ts"

/** Packages of npm whose own scripts a person lets run when they are installed for a project. */
export const packageScripts = pgTable(
  "package_scripts",
  {
    organizationId: organizationId(),
    projectId: idColumn<"project">("project_id").notNull(),
    name: text("name").notNull(),
    allowedByName: text("allowed_by_name").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.name] }),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }).onDelete("cascade"),
  ],
)
