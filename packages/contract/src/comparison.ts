import { z } from "zod"
import { givenAttachments } from "./attachment.ts"
import { candidatesCount } from "./candidates-count.ts"
import { goalText } from "./goal.ts"
import { instant } from "./ids.ts"
import { inProject, projectId } from "./kinds/projects.ts"
import { organizationId } from "./kinds/tenants.ts"
import { pageOf, pageQuery } from "./paging.ts"
import type { RouteTable } from "./route.ts"
import { comparisonId, runId } from "./run-ids.ts"

/**
 * `running` candidates are at work; `deciding` none is, and a person chooses among those that are
 * proved; `promoting` the chosen one is on its way to people. It ends `promoted` once they have it,
 * `failed` when no candidate was proved, or `cancelled`.
 */
export const comparisonStates = [
  "running",
  "deciding",
  "promoting",
  "promoted",
  "failed",
  "cancelled",
] as const
export type ComparisonState = (typeof comparisonStates)[number]

/** In which states of a comparison an action makes sense. */
export const comparisonAllows = {
  promote: ["running", "deciding"],
  cancel: ["running", "deciding"],
} as const satisfies Record<string, readonly ComparisonState[]>

/** how many candidates a comparison can have */

const wanted = z.strictObject({
  model: z.string().max(200).nullable().default(null).meta({
    description: "`provider:model`, which all of its roles ask; null: those that are set for them",
  }),
})
export const wantedCandidates = z
  .array(wanted)
  .min(candidatesCount.min, `Compare at least ${candidatesCount.min} candidates.`)
  .max(candidatesCount.max, `Compare at most ${candidatesCount.max} candidates.`)

/** One goal that several runs work on apart from each other, until a person promotes one of them. */
export const comparison = z
  .object({
    id: comparisonId,
    organizationId,
    projectId,
    goal: z.string(),
    state: z.enum(comparisonStates),
    base: z.string().nullable().meta({
      description: "the project's newest commit when it began, from which all candidates go on",
    }),
    candidates: z
      .array(
        z.object({
          runId,
          model: z.string().nullable().meta({ description: "null: as the roles are set" }),
        }),
      )
      .meta({ description: "in the order they were asked for" }),
    chosen: runId.nullable().meta({ description: "the candidate that is, or was, promoted" }),
    failure: z.string().nullable().meta({
      description: "why the last promotion did not come about, or why the comparison failed",
    }),
    startedBy: z.string(),
    createdAt: instant,
    finishedAt: instant.nullable(),
  })
  .meta({ id: "Comparison" })
export type Comparison = z.infer<typeof comparison>

const params = z.object({ comparisonId })
const on = { by: "object", object: "comparison", from: "comparisonId" } as const

export const comparisonRoutes = {
  "POST /agents/comparisons": {
    summary: "Let several runs work on one goal, each on a copy, to promote the best",
    access: { ...inProject, permission: "run:start" },
    body: z.strictObject({
      projectId,
      goal: goalText,
      attachments: givenAttachments,
      candidates: wantedCandidates,
    }),
    reply: { status: 201, body: comparison },
    faults: ["run_in_progress", "quota_exceeded", "invalid"],
    idempotent: true,
    provisions: true,
  },
  "GET /agents/comparisons": {
    summary: "Comparisons of a project, newest first",
    access: { ...inProject, permission: "run:read" },
    query: z.object({ ...pageQuery, projectId }),
    reply: { status: 200, body: pageOf(comparison) },
  },
  "GET /agents/comparisons/{comparisonId}": {
    summary: "One comparison with its candidates",
    access: { ...on, permission: "run:read" },
    params,
    reply: { status: 200, body: comparison },
  },
  "POST /agents/comparisons/{comparisonId}/promote": {
    summary: "Put what a candidate built in the live app's place; once it is there, the others end",
    access: { ...on, permission: "app:operate" },
    params,
    body: z.strictObject({ runId }),
    reply: { status: 202, body: comparison },
    faults: ["wrong_state", "conflict"],
    provisions: true,
  },
  "POST /agents/comparisons/{comparisonId}/cancel": {
    summary: "Stop all candidates; the app stays as it is",
    access: { ...on, permission: "run:start" },
    params,
    reply: { status: 202, body: comparison },
    faults: ["wrong_state"],
  },
} as const satisfies RouteTable
