import { z } from "zod"
import { attachment } from "./attachment.ts"
import { clause } from "./goal.ts"
import { instant } from "./ids.ts"
import { inquiry } from "./inquiry.ts"
import { projectId } from "./kinds/projects.ts"
import { chosenStarter } from "./kinds/starters.ts"
import { organizationId } from "./kinds/tenants.ts"
import { modelCost } from "./model-cost.ts"
import { modelInfo } from "./model-info.ts"
import { providerWait } from "./provider-wait.ts"
import { comparisonId, runId, taskId } from "./run-ids.ts"
import { runMessage } from "./run-message.ts"
import { agentRoles, runStates, taskStates } from "./run-states.ts"
import { step } from "./run-step.ts"
import { taskCheck } from "./task-check.ts"

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
    followedBy: z.string().nullable().meta({ description: "the goal that begins after it" }),
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

/** What assistants are told of a run. */
export const runInShort = run
  .pick({
    ...{ id: true, projectId: true, number: true, goal: true, state: true, summary: true },
    ...{ failure: true, clauses: true, provedAt: true, finishedAt: true },
  })
  .extend({
    tasks: z.array(task.pick({ title: true, role: true, state: true, evidence: true })),
    inquiries: z.array(
      inquiry.pick({ id: true, kind: true, state: true, text: true, choices: true, answer: true }),
    ),
  })
export type RunInShort = z.infer<typeof runInShort>

/** What assistants are told of a step. */
export const stepInShort = step.pick({
  sequence: true,
  kind: true,
  name: true,
  title: true,
  ok: true,
})
