import { z } from "zod"
import { agentMeters, agentQuotas } from "../agent-limits.ts"
import { attachmentRoutes } from "../attachment.ts"
import { fileDiff } from "../commits.ts"
import { comparisonAllows, comparisonRoutes, comparisonStates } from "../comparison.ts"
import { inquiryRoutes } from "../inquiry.ts"
import { defineKind } from "../kind.ts"
import { modelChoice, roleModel } from "../model-info.ts"
import { pageOf, pageQuery } from "../paging.ts"
import { budgetRoutes } from "../project-budget.ts"
import { projectUseRoutes } from "../project-use.ts"
import { proposal, proposalAllows, proposalRoutes, proposalStates } from "../proposal.ts"
import type { RouteTable } from "../route.ts"
import { run, runInShort, stepInShort } from "../run.ts"
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
import { messageRoutes } from "../run-message.ts"
import { projectRequest, runRequest } from "../run-requests.ts"
import { agentRoles, runAllows, runStates, taskStates } from "../run-states.ts"
import { step } from "../run-step.ts"
import { versionRoutes } from "../version.ts"
import { inProject, project, projectId, projectInShort } from "./projects.ts"

export type { Run, Task } from "../run.ts"
export {
  type AgentRole,
  agentRoles,
  type RunState,
  runAllows,
  runStates,
  type TaskState,
  taskStates,
} from "../run-states.ts"

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
    faults: ["quota_exceeded", "invalid", "wrong_state"],
    idempotent: true,
    provisions: true,
    tool: {
      name: "create_project",
      says: "Creates a project. With a prompt agents build the app: the answer has a run, to be waited for with wait_for_run, or a proposal, which is a question to the person: show it, and confirm it only as they say. With a starter its app starts at once.",
      shows: projectInShort.extend({
        run: z.object({ id: runId, state: z.enum(runStates) }).optional(),
        proposal: proposal.optional(),
      }),
      gives: { confirm: "ask" },
      without: ["attachments", "compare"],
    },
  },
  "GET /agents/models": {
    summary: "Which model each role uses, and which are simulated",
    access: { by: "user" },
    apiKey: true,
    reply: {
      status: 200,
      body: z.object({
        roles: z.record(z.enum(agentRoles), roleModel),
        choices: z.array(modelChoice).meta({ description: "what a candidate can be asked of" }),
      }),
    },
  },
  "POST /agents/runs": {
    summary: "Ask the agents for something on a project, or for what starters can make of it",
    access: { ...inProject, permission: "run:start" },
    body: runRequest,
    reply: {
      status: 201,
      body: z.union([run, proposal]).meta({
        description:
          "the run; where no language model plans, the proposal that waits or was declined",
      }),
    },
    faults: ["run_in_progress", "quota_exceeded", "invalid"],
    idempotent: true,
    provisions: true,
    tool: {
      name: "start_run",
      says: "Asks the agents for something on a project and returns at once; wait for it with wait_for_run. Where no language model plans it answers with a proposal instead: show it to the person, and build it with confirm_proposal when they say so.",
      shows: z.union([runInShort, proposal]),
      without: ["attachments"],
    },
  },
  "GET /agents/runs": {
    summary: "Runs of a project, newest first",
    access: { ...inProject, permission: "run:read" },
    query: z.object({ ...pageQuery, projectId }),
    reply: { status: 200, body: pageOf(run) },
    tool: {
      name: "list_runs",
      says: "Lists what agents were asked for on a project, newest first.",
      shows: pageOf(runInShort.omit({ tasks: true, clauses: true })),
      gives: { limit: 10 },
    },
  },
  "GET /agents/runs/{runId}": {
    summary: "One run with its task graph",
    access: read,
    params,
    reply: { status: 200, body: run },
    tool: {
      name: "get_run",
      says: "Shows a run: its tasks, what it asks people (open inquiries), and what became of each wish.",
      shows: runInShort,
    },
  },
  "GET /agents/runs/{runId}/steps": {
    summary: "The run's journal, oldest first",
    access: read,
    params,
    query: z.object({ ...pageQuery }),
    reply: { status: 200, body: pageOf(step) },
    tool: {
      name: "get_run_steps",
      says: "Reads what the agents of a run did, one line a step, oldest first.",
      shows: pageOf(stepInShort),
    },
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
    tool: {
      name: "cancel_run",
      says: "Stops a run; finished tasks keep their work.",
      shows: runInShort,
    },
  },
  "POST /agents/runs/{runId}/retry": {
    summary: "Try the failed and skipped tasks of a run again",
    access: start,
    params,
    reply: { status: 202, body: run },
    faults: ["wrong_state", "run_in_progress"],
    provisions: true,
    tool: {
      name: "retry_run",
      says: "Tries the failed and skipped tasks of a run again.",
      shows: runInShort,
    },
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
  ...projectUseRoutes,
  ...versionRoutes,
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
