import type { Clause } from "@vibecaas/contract/goal"
import type { IdOf } from "@vibecaas/contract/kinds"
import type { AgentRole, RunState, TaskState } from "@vibecaas/contract/kinds/agents"
import type { ChosenStarter } from "@vibecaas/contract/kinds/starters"
import type { ProviderWait } from "@vibecaas/contract/provider-wait"
import type { TaskCheck } from "@vibecaas/contract/task-check"
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core"
import { at, createdAt, due, idColumn, organizationId, updatedAt } from "./columns.ts"
import { comparisons } from "./comparisons.ts"
import { projects } from "./projects.ts"

/** What a run is stopped for: a goal, with files that were uploaded for it. */
export interface Redirect {
  goal: string
  byId: string
  byName: string
  attachments?: IdOf<"attachment">[]
  /** begins once the run has ended by itself; else the run is stopped for it */
  after?: true
}

export const runs = pgTable(
  "runs",
  {
    id: idColumn<"run">("id").primaryKey(),
    organizationId: organizationId(),
    projectId: idColumn<"project">("project_id").notNull(),
    number: integer("number").notNull(),
    goal: text("goal").notNull(),
    wanted: text("wanted", { enum: ["finished", "cancelled"] })
      .notNull()
      .default("finished"),
    state: text("state").$type<RunState>().notNull(),
    modelProvider: text("model_provider").notNull(),
    modelId: text("model_id").notNull(),
    modelSimulated: boolean("model_simulated").notNull(),
    modelLabel: text("model_label").notNull(),
    summary: text("summary"),
    clauses: jsonb("clauses").$type<Clause[]>().notNull().default([]),
    /** passages of the goal that the plan says ask for nothing */
    filler: jsonb("filler").$type<string[]>().notNull().default([]),
    failure: text("failure"),
    startedById: text("started_by_id").notNull(),
    startedByName: text("started_by_name").notNull(),
    inputTokens: bigint("input_tokens", { mode: "number" }).notNull().default(0),
    cachedInputTokens: bigint("cached_input_tokens", { mode: "number" }).notNull().default(0),
    outputTokens: bigint("output_tokens", { mode: "number" }).notNull().default(0),
    /** tokens of both kinds that it may use in all; each further attempt adds a budget */
    tokensMax: bigint("tokens_max", { mode: "number" }).notNull(),
    /** what it may cost, in millionths of a US dollar; like the other limits it grows by a budget with each further attempt */
    costMax: bigint("cost_max", { mode: "number" }),
    /** in calls of models, tools and checks, of all tasks together */
    workedMs: bigint("worked_ms", { mode: "number" }).notNull().default(0),
    workedMsMax: bigint("worked_ms_max", { mode: "number" }),
    commit: text("commit"),
    /** the app that it was asked to begin with */
    starter: jsonb("starter").$type<ChosenStarter>(),
    /** the comparison it is a candidate of */
    comparisonId: idColumn<"comparison">("comparison_id"),
    /** the project's newest commit when that began; with no comparison it says nothing */
    base: text("base"),
    /** `provider:model`, which all of its roles ask in place of those that are set for them */
    modelName: text("model_name"),
    /** when a candidate had nothing left to do but to be promoted */
    provedAt: at("proved_at"),
    /** whether a person wants this candidate promoted */
    chosen: boolean("chosen").notNull().default(false),
    /** the run that was stopped for this one */
    continues: idColumn<"run">("continues"),
    /** what it is stopped for, and by whom */
    redirect: jsonb("redirect").$type<Redirect>(),
    /** the commit that is, or was, to take the live app's place */
    promoting: text("promoting"),
    fence: bigint("fence", { mode: "number" }).notNull().default(0),
    createdAt: createdAt(),
    startedAt: at("started_at"),
    finishedAt: at("finished_at"),
    updatedAt: updatedAt(),
    due: due("state in ('queued', 'planning', 'running')"),
  },
  (t) => [
    unique("runs_tenant_key").on(t.organizationId, t.id),
    uniqueIndex("runs_number").on(t.projectId, t.number),
    index("runs_state").on(t.state),
    index("runs_comparison").on(t.comparisonId),
    foreignKey({
      columns: [t.organizationId, t.comparisonId],
      foreignColumns: [comparisons.organizationId, comparisons.id],
    }),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }),
  ],
)

export const runTasks = pgTable(
  "run_tasks",
  {
    id: idColumn<"task">("id").primaryKey(),
    organizationId: organizationId(),
    runId: idColumn<"run">("run_id").notNull(),
    position: integer("position").notNull(),
    role: text("role").$type<AgentRole>().notNull(),
    title: text("title").notNull(),
    instructions: text("instructions").notNull(),
    dependsOn: jsonb("depends_on").$type<IdOf<"task">[]>().notNull(),
    check: jsonb("check").$type<TaskCheck>(),
    state: text("state").$type<TaskState>().notNull(),
    evidence: text("evidence"),
    tries: integer("tries").notNull().default(0),
    /** tries of earlier attempts at the run, which count no more */
    triesBefore: integer("tries_before").notNull().default(0),
    /** messages to its run that it was told of as it began */
    messagesBefore: integer("messages_before").notNull().default(0),
    commitBefore: text("commit_before"),
    commitAfter: text("commit_after"),
    filesChanged: integer("files_changed").notNull().default(0),
    /** tokens set aside for the model call that is under way */
    reservedTokens: bigint("reserved_tokens", { mode: "number" }).notNull().default(0),
    /** the most that this call may cost, in millionths of a US dollar */
    reservedCost: bigint("reserved_cost", { mode: "number" }).notNull().default(0),
    /** what its answers cost in all its attempts, in millionths of a US dollar */
    cost: bigint("cost", { mode: "number" }).notNull().default(0),
    /** answers that are not in the cost, because their price is not known */
    unpriced: integer("unpriced").notNull().default(0),
    providerWait: jsonb("provider_wait").$type<ProviderWait>(),
    fence: bigint("fence", { mode: "number" }).notNull().default(0),
    startedAt: at("started_at"),
    finishedAt: at("finished_at"),
    updatedAt: updatedAt(),
    due: due("state in ('waiting', 'running', 'checking', 'fixing')"),
  },
  (t) => [
    unique("run_tasks_tenant_key").on(t.organizationId, t.id),
    uniqueIndex("run_tasks_position").on(t.runId, t.position),
    foreignKey({
      columns: [t.organizationId, t.runId],
      foreignColumns: [runs.organizationId, runs.id],
    }).onDelete("cascade"),
  ],
)

/**
 * The journal: one row per call that ran, written when it ended. A task that starts again after a
 * crash takes the recorded answers in order instead of calling again.
 */
export const runSteps = pgTable(
  "run_steps",
  {
    id: idColumn<"step">("id").primaryKey(),
    organizationId: organizationId(),
    runId: idColumn<"run">("run_id").notNull(),
    taskId: idColumn<"task">("task_id").notNull(),
    /** order within the run, for people */
    sequence: bigint("sequence", { mode: "number" }).generatedAlwaysAsIdentity(),
    /** which try of the task, and the call's deterministic name within it, e.g. `model-2` or a tool call id */
    tryNumber: integer("try_number").notNull(),
    callKey: text("call_key").notNull(),
    kind: text("kind", { enum: ["model", "tool", "check", "message"] }).notNull(),
    name: text("name").notNull(),
    title: text("title").notNull(),
    ok: boolean("ok").notNull(),
    input: jsonb("input"),
    output: jsonb("output"),
    truncated: boolean("truncated").notNull().default(false),
    /** the newest commit of the project when the call ended */
    commitAfter: text("commit_after"),
    linesAdded: integer("lines_added"),
    linesRemoved: integer("lines_removed"),
    startedAt: at("started_at").notNull(),
    durationMs: integer("duration_ms").notNull(),
    /** in millionths of a US dollar, of an answer of a model whose price is known */
    cost: bigint("cost", { mode: "number" }),
    /** who was asked, of a call of a model; so are the next ones */
    provider: text("provider"),
    /** how often, until it answered or was given up */
    requests: integer("requests"),
    /** from the request that was answered to the answer's first piece, in `ms` */
    firstMs: integer("first_ms"),
    /** and to its end */
    answerMs: integer("answer_ms"),
    outputTokens: integer("output_tokens"),
  },
  (t) => [
    uniqueIndex("run_steps_call").on(t.taskId, t.tryNumber, t.callKey),
    index("run_steps_page").on(t.runId, t.sequence),
    index("run_steps_day").on(t.organizationId, t.startedAt),
    foreignKey({
      columns: [t.organizationId, t.taskId],
      foreignColumns: [runTasks.organizationId, runTasks.id],
    }).onDelete("cascade"),
  ],
)
