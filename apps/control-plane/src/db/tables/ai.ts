import type { AiAlias } from "@vibecaas/contract/ai-aliases"
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from "drizzle-orm/pg-core"
import { at, idColumn, organizationId, updatedAt } from "./columns.ts"
import { projects } from "./projects.ts"
import { organizationPlans } from "./quotas.ts"

/** Whether a project's app may ask models; one without a row may not. */
export const projectAi = pgTable(
  "project_ai",
  {
    projectId: idColumn<"project">("project_id").primaryKey(),
    organizationId: organizationId(),
    enabled: boolean("enabled").notNull(),
    tokensMax: bigint("tokens_max", { mode: "number" }).notNull(),
    /** in millionths of a US dollar */
    costMax: bigint("cost_max", { mode: "number" }).notNull(),
    /** when it was turned on or off last, and who did it */
    changedAt: at("changed_at").notNull(),
    changedByName: text("changed_by_name").notNull(),
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

/** What a project's app used in each month (UTC), added up as each call ends. */
export const aiMonths = pgTable(
  "ai_months",
  {
    projectId: idColumn<"project">("project_id").notNull(),
    organizationId: organizationId(),
    month: at("month").notNull(),
    tokens: bigint("tokens", { mode: "number" }).notNull(),
    cost: bigint("cost", { mode: "number" }).notNull(),
    calls: integer("calls").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.month] }),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }).onDelete("cascade"),
  ],
)

/** Calls under way with the most they may use; one past its end belongs to a server that died. */
export const aiCalls = pgTable(
  "ai_calls",
  {
    id: idColumn<"aiCall">("id").primaryKey(),
    organizationId: organizationId(),
    projectId: idColumn<"project">("project_id").notNull(),
    tokens: bigint("tokens", { mode: "number" }).notNull(),
    cost: bigint("cost", { mode: "number" }).notNull(),
    endsAt: at("ends_at").notNull(),
  },
  (t) => [
    index("ai_calls_organization").on(t.organizationId),
    // Not to the project's row: what was set aside for it must be found when both are gone.
    foreignKey({
      columns: [t.organizationId],
      foreignColumns: [organizationPlans.organizationId],
    }).onDelete("cascade"),
  ],
)

/** Which models answer an organization's apps, by the aliases that it chose something for. */
export const aiModels = pgTable("ai_models", {
  organizationId: organizationId()
    .primaryKey()
    .references(() => organizationPlans.organizationId, { onDelete: "cascade" }),
  chosen: jsonb("chosen").$type<Partial<Record<AiAlias, string | null>>>().notNull(),
  version: integer("version").notNull(),
  updatedAt: updatedAt(),
})
