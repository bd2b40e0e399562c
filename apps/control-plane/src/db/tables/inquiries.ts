import type { ApprovalRules, InquiryKind, InquiryState } from "@vibecaas/contract/inquiry"
import { sql } from "drizzle-orm"
import { foreignKey, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core"
import { runs, runTasks } from "./agents.ts"
import { at, idColumn, organizationId, updatedAt } from "./columns.ts"
import { projects } from "./projects.ts"

/** What tasks ask people. A task that waits for an answer is held by nobody; its row says `asking`. */
export const runInquiries = pgTable(
  "run_inquiries",
  {
    id: idColumn<"inquiry">("id").primaryKey(),
    organizationId: organizationId(),
    runId: idColumn<"run">("run_id").notNull(),
    /** null: the run itself asks */
    taskId: idColumn<"task">("task_id"),
    kind: text("kind").$type<InquiryKind>().notNull(),
    /** the call that asks, as commits name theirs: `<task>/<try>/<call>` */
    call: text("call").notNull(),
    state: text("state").$type<InquiryState>().notNull(),
    text: text("text").notNull(),
    choices: jsonb("choices").$type<string[]>().notNull(),
    answer: text("answer"),
    answeredById: text("answered_by_id"),
    answeredByName: text("answered_by_name"),
    askedAt: at("asked_at").notNull(),
    answeredAt: at("answered_at"),
  },
  (t) => [
    uniqueIndex("run_inquiries_call").on(t.runId, t.call).where(sql`state <> 'withdrawn'`),
    index("run_inquiries_page").on(t.runId, t.askedAt),
    foreignKey({
      columns: [t.organizationId, t.runId],
      foreignColumns: [runs.organizationId, runs.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [t.organizationId, t.taskId],
      foreignColumns: [runTasks.organizationId, runTasks.id],
    }).onDelete("cascade"),
  ],
)

/** What was decided for a project's agents; one without a row has the defaults. */
export const approvalRules = pgTable(
  "approval_rules",
  {
    projectId: idColumn<"project">("project_id").primaryKey(),
    organizationId: organizationId(),
    rules: jsonb("rules").$type<Partial<Omit<ApprovalRules, "version">>>().notNull(),
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

/** What people wrote to runs at work. */
export const runMessages = pgTable(
  "run_messages",
  {
    id: idColumn<"message">("id").primaryKey(),
    organizationId: organizationId(),
    runId: idColumn<"run">("run_id").notNull(),
    number: integer("number").notNull(),
    text: text("text").notNull(),
    sentById: text("sent_by_id").notNull(),
    sentByName: text("sent_by_name").notNull(),
    sentAt: at("sent_at").notNull(),
    /** when the first agent was told of it */
    heardAt: at("heard_at"),
  },
  (t) => [
    uniqueIndex("run_messages_number").on(t.runId, t.number),
    foreignKey({
      columns: [t.organizationId, t.runId],
      foreignColumns: [runs.organizationId, runs.id],
    }).onDelete("cascade"),
  ],
)
