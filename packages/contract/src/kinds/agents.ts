import { z } from "zod"
import { agentMeters, agentQuotas } from "../agent-limits.ts"
import { attachment, attachmentRoutes } from "../attachment.ts"
import { comparisonAllows, comparisonRoutes, comparisonStates } from "../comparison.ts"
import { clause } from "../goal.ts"
import { instant } from "../ids.ts"
import { inquiry, inquiryRoutes } from "../inquiry.ts"
import { defineKind } from "../kind.ts"
import { modelCost } from "../model-cost.ts"
import { modelChoice, modelInfo, roleModel } from "../model-info.ts"
import { pageOf, pageQuery } from "../paging.ts"
import { budgetRoutes } from "../project-budget.ts"
import { proposal, proposalAllows, proposalRoutes, proposalStates } from "../proposal.ts"
import { providerWait } from "../provider-wait.ts"
import type { RouteTable } from "../route.ts"
import {
  attachmentId,
  comparisonId,
  inquiryId,
  messageId,
  proposalId,
  runId,
  stepId,
  taskId,
} from "../run-ids.ts"
import { messageRoutes, runMessage } from "../run-message.ts"
import { projectRequest, runRequest } from "../run-requests.ts"
import { agentRoles, runAllows, runStates, taskStates } from "../run-states.ts"
import { step } from "../run-step.ts"
import { taskCheck } from "../task-check.ts"
import { fileDiff, inProject, project, projectId } from "./projects.ts"
import { chosenStarter } from "./starters.ts"
import { organizationId } from "./tenants.ts"

export {
  type AgentRole,
  agentRoles,
  type RunState,
  runAllows,
  runStates,
  type TaskState,
  taskStates,
} from "../run-states.ts"

const whole = z.number().int()

export const task = z
  .object({
    id: taskId,
    role: z.enum(agentRoles),
    title: z.string(),
    state: z.enum(taskStates),
    dependsOn: z.array(taskId),
    check: taskCheck.nullable(),
    evidence: z.string().nullable().meta({ description: "what proved it, or why it failed" }),
    testsPassed: whole
      .nullable()
      .meta({ description: "as its proof counts them; null: uncounted" }),
    tries: whole,
    filesChanged: whole,
    providerWait: providerWait.nullable(),
    cost: modelCost,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
  })
  .meta({ id: "Task" })
export type Task = z.infer<typeof task>

export const run = z
  .object({
    id: runId,
    organizationId,
    projectId,
    number: whole.meta({ description: "counts the project's runs from 1" }),
    goal: z.string(),
    state: z.enum(runStates),
    declined: z.boolean().meta({
      description: "it failed because the planning agent declined: trying it again is no help",
    }),
    tasks: z.array(task),
    inquiries: z.array(inquiry).meta({ description: "what it asked people, oldest first" }),
    messages: z.array(runMessage),
    attachments: z
      .array(attachment)
      .meta({ description: "files that came with its goal or its messages" }),
    comparisonId: comparisonId
      .nullable()
      .meta({ description: "the comparison it is a candidate of" }),
    provedAt: instant.nullable().meta({
      description: "when a candidate was done: it waits for a person to promote it, or another",
    }),
    starter: chosenStarter
      .nullable()
      .meta({ description: "the app that it was asked to begin with" }),
    continues: runId.nullable().meta({ description: "the run that was stopped for this one" }),
    redirectedTo: z.string().nullable().meta({ description: "the goal it was stopped for" }),
    model: modelInfo,
    summary: z.string().nullable().meta({ description: "the plan, or what was declined and why" }),
    clauses: z.array(clause).meta({
      description: "the wishes of the goal; all are built when it succeeded, some when partly",
    }),
    filler: z.array(z.string()).meta({
      description: "passages of the goal that are in no clause, because they ask for nothing",
    }),
    failure: z.string().nullable(),
    startedBy: z.string(),
    inputTokens: whole,
    cachedInputTokens: whole.meta({
      description: "input tokens that the provider still had from before, which cost less",
    }),
    outputTokens: whole,
    cost: modelCost,
    tokensMax: whole.meta({
      description:
        "input and output tokens it may use in all; trying again adds as many as a new run has",
    }),
    centsMax: z.number().nullable().meta({ description: "US cents it may cost; null: any" }),
    workedMs: whole.meta({
      description: "time in calls of models, tools and checks, of all tasks together",
    }),
    workedMsMax: whole.nullable().meta({ description: "how long it may work; null: any" }),
    commit: z.string().nullable().meta({ description: "the newest commit of the run" }),
    createdAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
  })
  .meta({ id: "Run" })
export type Run = z.infer<typeof run>

const params = z.object({ runId })
const read = { by: "object", object: "run", from: "runId", permission: "run:read" } as const
const start = { by: "object", object: "run", from: "runId", permission: "run:start" } as const

export const agentRoutes = {
  "POST /projects": {
    summary: "Create a project; with a starter its app starts at once, with a prompt the agents do",
    access: { by: "organization", permission: "project:create" },
    body: projectRequest,
    reply: {
      status: 201,
      body: project.extend({
        run: z.object({ id: runId, state: z.enum(runStates) }).optional(),
        comparison: z.object({ id: comparisonId }).optional(),
        proposal: proposal.optional(),
      }),
    },
    faults: ["quota_exceeded", "invalid"],
    idempotent: true,
    provisions: true,
  },
  "GET /agents/models": {
    summary: "Which model each role uses, and which are simulated",
    access: { by: "user" },
    reply: {
      status: 200,
      body: z.object({
        roles: z.record(z.enum(agentRoles), roleModel),
        choices: z.array(modelChoice).meta({ description: "what a candidate can be asked of" }),
      }),
    },
  },
  "POST /agents/runs": {
    summary: "Ask the agents for something on a project",
    access: { ...inProject, permission: "run:start" },
    body: runRequest,
    reply: { status: 201, body: run },
    faults: ["run_in_progress", "quota_exceeded", "invalid"],
    idempotent: true,
    provisions: true,
  },
  "GET /agents/runs": {
    summary: "Runs of a project, newest first",
    access: { ...inProject, permission: "run:read" },
    query: z.object({ ...pageQuery, projectId }),
    reply: { status: 200, body: pageOf(run) },
  },
  "GET /agents/runs/{runId}": {
    summary: "One run with its task graph",
    access: read,
    params,
    reply: { status: 200, body: run },
  },
  "GET /agents/runs/{runId}/steps": {
    summary: "The run's journal, oldest first",
    access: read,
    params,
    query: z.object({ ...pageQuery }),
    reply: { status: 200, body: pageOf(step) },
  },
  "GET /agents/runs/{runId}/recording": {
    summary: "A run that has ended, as a file that bin/replay lets happen again",
    access: read,
    params,
    reply: { status: 200, file: "application/json; charset=utf-8" },
    faults: ["wrong_state", "too_large"],
  },
  "GET /agents/runs/{runId}/pictures/{picture}": {
    summary: "A screenshot that the agents took, by the name that a step says",
    access: read,
    params: z.object({
      runId,
      picture: z.string().regex(/^[0-9a-f]{64}$/, "Use the name that a step says."),
    }),
    reply: { status: 200, file: "image/jpeg" },
  },
  "POST /agents/runs/{runId}/cancel": {
    summary: "Stop a run; finished tasks keep their work",
    access: start,
    params,
    reply: { status: 202, body: run },
    faults: ["wrong_state"],
  },
  "POST /agents/runs/{runId}/retry": {
    summary: "Try the failed and skipped tasks of a run again",
    access: start,
    params,
    reply: { status: 202, body: run },
    faults: ["wrong_state", "run_in_progress"],
    provisions: true,
  },
  "GET /agents/runs/{runId}/tasks/{taskId}/diff": {
    summary: "What one task changed",
    access: read,
    params: z.object({ runId, taskId }),
    reply: { status: 200, body: z.object({ files: z.array(fileDiff) }) },
  },
  ...comparisonRoutes,
  ...proposalRoutes,
  ...inquiryRoutes,
  ...messageRoutes,
  ...attachmentRoutes,
  ...budgetRoutes,
} as const satisfies RouteTable

export const agents = defineKind({
  noun: "run",
  about: "What agents are asked for, how they work on it, and with which models.",
  parent: "project",
  ids: {
    ...{ run: runId, task: taskId, step: stepId, inquiry: inquiryId, message: messageId },
    ...{ attachment: attachmentId, comparison: comparisonId, proposal: proposalId },
  },
  objects: {
    run: { read: "run:read" },
    comparison: { read: "run:read" },
    proposal: { read: "run:read" },
  },
  states: {
    run: runStates,
    task: taskStates,
    comparison: comparisonStates,
    proposal: proposalStates,
  },
  allows: { run: runAllows, comparison: comparisonAllows, proposal: proposalAllows },
  may: {
    "run:read": ["owner", "admin", "developer", "viewer"],
    "run:start": ["owner", "admin", "developer"],
    "run:govern": ["owner", "admin"],
  },
  quotas: agentQuotas,
  meters: agentMeters,
  events: {
    "run.changed": ["run", "project"],
    "comparison.changed": ["project"],
    "proposal.changed": ["project"],
    // Each step reaches a reader once: a project's page follows its run, too.
    "run.step": ["run"],
  },
  loops: ["runs", "tasks", "comparisons"],
  routes: agentRoutes,
})
