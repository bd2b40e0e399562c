import type { AgentRole } from "@vibecaas/contract/kinds/agents"
import { bigint, doublePrecision, integer, pgTable, text } from "drizzle-orm/pg-core"
import { at } from "./columns.ts"

/**
 * What people set of an installation's providers of models; a row replaces all that the environment says of one.
 * Its key is in the vault.
 */
export const modelProviders = pgTable("model_providers", {
  provider: text("provider").primaryKey(),
  address: text("address"),
  setAt: at("set_at").notNull(),
  setById: text("set_by_id").notNull(),
  setByName: text("set_by_name").notNull(),
})

/** What people set of a role's agents; null: as the environment, or else the platform, has it. */
export const modelRoles = pgTable("model_roles", {
  role: text("role").$type<AgentRole>().primaryKey(),
  /** its line, as `provider:model` with commas */
  models: text("models"),
  temperature: doublePrecision("temperature"),
  /** tokens of one answer */
  outputTokensMax: integer("output_tokens_max"),
  /** tokens of one task */
  tokensMax: bigint("tokens_max", { mode: "number" }),
  /** US cents of one task */
  centsMax: integer("cents_max"),
  setAt: at("set_at").notNull(),
  setById: text("set_by_id").notNull(),
  setByName: text("set_by_name").notNull(),
})
