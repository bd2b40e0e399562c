import type { IdOf } from "@vibecaas/contract/kinds"
import type { ChosenStarter } from "@vibecaas/contract/kinds/starters"
import type { ProposalState } from "@vibecaas/contract/proposal"
import type { StarterLanguage } from "@vibecaas/contract/starter-form"
import { boolean, foreignKey, index, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core"
import { runs } from "./agents.ts"
import { at, createdAt, idColumn, organizationId, updatedAt } from "./columns.ts"
import { projects } from "./projects.ts"

/** What was said of every word of a prompt when it was confirmed; a clause without a reason is built. */
export interface ProposedAccount {
  clauses: { words: string; notBuilt?: string }[]
  filler: string[]
}

/** What starters can make of a prompt, for a person to confirm. */
export const proposals = pgTable(
  "proposals",
  {
    id: idColumn<"proposal">("id").primaryKey(),
    organizationId: organizationId(),
    projectId: idColumn<"project">("project_id").notNull(),
    goal: text("goal").notNull(),
    /** files that were uploaded for it; they are given to its run */
    attachments: jsonb("attachments").$type<IdOf<"attachment">[]>().notNull(),
    language: text("language").$type<StarterLanguage>().notNull(),
    state: text("state").$type<ProposalState>().notNull(),
    reason: text("reason"),
    clear: boolean("clear").notNull(),
    /** ids of starters, best first */
    starters: jsonb("starters").$type<string[]>().notNull(),
    before: jsonb("before").$type<ChosenStarter>(),
    chosen: jsonb("chosen").$type<ChosenStarter>(),
    account: jsonb("account").$type<ProposedAccount>(),
    runId: idColumn<"run">("run_id"),
    startedByName: text("started_by_name").notNull(),
    createdAt: createdAt(),
    endedAt: at("ended_at"),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("proposals_tenant_key").on(t.organizationId, t.id),
    index("proposals_project").on(t.projectId),
    index("proposals_run").on(t.runId),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [t.organizationId, t.runId],
      foreignColumns: [runs.organizationId, runs.id],
    }).onDelete("cascade"),
  ],
)
