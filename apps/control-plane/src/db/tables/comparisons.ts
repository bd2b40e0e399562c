import type { ComparisonState } from "@vibecaas/contract/comparison"
import { foreignKey, index, pgTable, text, unique } from "drizzle-orm/pg-core"
import { at, createdAt, due, idColumn, organizationId, updatedAt } from "./columns.ts"
import { projects } from "./projects.ts"

/** One goal that several runs work on apart from each other; these name it. */
export const comparisons = pgTable(
  "comparisons",
  {
    id: idColumn<"comparison">("id").primaryKey(),
    organizationId: organizationId(),
    projectId: idColumn<"project">("project_id").notNull(),
    goal: text("goal").notNull(),
    wanted: text("wanted", { enum: ["decided", "cancelled"] })
      .notNull()
      .default("decided"),
    state: text("state").$type<ComparisonState>().notNull(),
    /** the project's newest commit, and that of its live app, when it began */
    base: text("base"),
    liveBefore: text("live_before"),
    /** the candidate that is, or was, to take the live app's place */
    chosen: idColumn<"run">("chosen"),
    failure: text("failure"),
    startedByName: text("started_by_name").notNull(),
    createdAt: createdAt(),
    finishedAt: at("finished_at"),
    updatedAt: updatedAt(),
    due: due("state in ('running', 'deciding', 'promoting')"),
  },
  (t) => [
    unique("comparisons_tenant_key").on(t.organizationId, t.id),
    index("comparisons_project").on(t.projectId),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }),
  ],
)
