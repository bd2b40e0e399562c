import { backupReasons, backupStates } from "@vibecaas/contract/backups"
import { bigint, foreignKey, index, pgTable, text, unique } from "drizzle-orm/pg-core"
import { at, createdAt, due, idColumn, organizationId, updatedAt } from "./columns.ts"
import { projects } from "./projects.ts"

/** Data of apps as they were at one moment; the archives are files named by these ids. */
export const backups = pgTable(
  "backups",
  {
    id: idColumn<"backup">("id").primaryKey(),
    organizationId: organizationId(),
    projectId: idColumn<"project">("project_id").notNull(),
    wanted: text("wanted", { enum: ["present", "gone"] })
      .notNull()
      .default("present"),
    state: text("state", { enum: backupStates }).notNull(),
    reason: text("reason", { enum: backupReasons }).notNull(),
    note: text("note").notNull().default(""),
    /** the commit that ran on these data */
    commit: text("commit"),
    bytes: bigint("bytes", { mode: "number" }),
    sha256: text("sha256"),
    failure: text("failure"),
    restoredAt: at("restored_at"),
    restoreFailure: text("restore_failure"),
    createdByName: text("created_by_name").notNull(),
    createdAt: createdAt(),
    keptAt: at("kept_at"),
    updatedAt: updatedAt(),
    due: due("state = 'making' or wanted = 'gone'"),
  },
  (t) => [
    unique("backups_tenant_key").on(t.organizationId, t.id),
    index("backups_project").on(t.projectId, t.id),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }),
  ],
)
