import { bigint, foreignKey, integer, pgTable, primaryKey } from "drizzle-orm/pg-core"
import { at, idColumn, organizationId, updatedAt } from "./columns.ts"
import { projects } from "./projects.ts"

/** What a project's runs may use in a month; one without a row may use any. */
export const projectBudgets = pgTable(
  "project_budgets",
  {
    projectId: idColumn<"project">("project_id").primaryKey(),
    organizationId: organizationId(),
    tokensMax: bigint("tokens_max", { mode: "number" }),
    /** in millionths of a US dollar */
    costMax: bigint("cost_max", { mode: "number" }),
    msMax: bigint("ms_max", { mode: "number" }),
    version: integer("version").notNull(),
    updatedAt: updatedAt(),
  },
  (t) => [
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }).onDelete("cascade"),
  ],
)

/** What a project's runs used in each month (UTC), added up as each call ends. */
export const projectMonths = pgTable(
  "project_months",
  {
    projectId: idColumn<"project">("project_id").notNull(),
    organizationId: organizationId(),
    month: at("month").notNull(),
    tokens: bigint("tokens", { mode: "number" }).notNull(),
    cost: bigint("cost", { mode: "number" }).notNull(),
    ms: bigint("ms", { mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.month] }),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }).onDelete("cascade"),
  ],
)
