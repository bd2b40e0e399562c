import { z } from "zod"
import { givenAttachments } from "./attachment.ts"
import { goalText } from "./goal.ts"
import { instant } from "./ids.ts"
import { inProject, projectId } from "./kinds/projects.ts"
import { chosenStarter } from "./kinds/starters.ts"
import { organizationId } from "./kinds/tenants.ts"
import { pageOf, pageQuery } from "./paging.ts"
import type { RouteTable } from "./route.ts"
import { proposalId, runId } from "./run-ids.ts"
import { starterId, starterLanguages, starterParameter, starterValues } from "./starter-form.ts"

/**
 * Where no language model plans, a prompt leads to a proposal: starters that fit it, and what of it
 * each would build. `waiting` for a person, or `declined`, by us with a reason or by a person;
 * `confirmed` when a run builds it, `replaced` when something else was asked for.
 */
export const proposalStates = ["waiting", "confirmed", "declined", "replaced"] as const
export type ProposalState = (typeof proposalStates)[number]

/** In which states of a proposal an action makes sense. */
export const proposalAllows = {
  confirm: ["waiting"],
  decline: ["waiting"],
} as const satisfies Record<string, readonly ProposalState[]>

/** A passage of the prompt, and what of the starter does what it asks for. */
const proposedClause = z.object({
  words: z.string().meta({ description: "as the prompt says it" }),
  built: z.boolean(),
  by: z
    .array(
      z.object({
        kind: z.enum(["starter", "include", "parameter"]),
        id: z.string().meta({ description: "of the starter, of what it includes, or a name" }),
        says: z.string().meta({ description: "for people, in the prompt's language" }),
      }),
    )
    .meta({ description: "what builds it; empty when nothing does" }),
  why: z.string().nullable().meta({ description: "why it is not built" }),
})

/** What one starter makes of the prompt. */
export const proposalChoice = z
  .object({
    starterId,
    picture: z.string().nullable().meta({ description: "see `GET /starters`" }),
    name: z.string().meta({ description: "in the prompt's language, as all texts here" }),
    summary: z.string(),
    parameters: z.array(starterParameter),
    values: starterValues.meta({
      description: "of every parameter: as the prompt says, else as it is now, else the default",
    }),
    read: z.array(z.string()).meta({ description: "parameters whose value the prompt says" }),
    unsure: z.array(z.string()).meta({
      description: "labels of fields that are texts because the prompt does not say what they hold",
    }),
    clauses: z.array(proposedClause).meta({
      description: "with `filler` every word of the prompt",
    }),
    filler: z.array(z.string()).meta({ description: "passages that ask for nothing" }),
  })
  .meta({ id: "ProposalChoice" })
export type ProposalChoice = z.infer<typeof proposalChoice>

export const proposal = z
  .object({
    id: proposalId,
    organizationId,
    projectId,
    goal: z.string().meta({ description: "the prompt" }),
    language: z.enum(starterLanguages),
    state: z.enum(proposalStates),
    reason: z
      .string()
      .nullable()
      .meta({ description: "why nothing can be built, when we declined" }),
    clear: z.boolean().meta({ description: "the first choice clearly fits better than others" }),
    choices: z.array(proposalChoice).meta({
      description:
        "best first; one alone where the project is made of that starter already; in lists and events only of those that wait",
    }),
    before: chosenStarter.nullable().meta({
      description: "what the project is made of already: only the difference would be changed",
    }),
    chosen: chosenStarter.nullable().meta({
      description: "what was confirmed; null of older runs, for which nobody was asked",
    }),
    runId: runId.nullable().meta({ description: "the run that builds what was confirmed" }),
    startedBy: z.string(),
    createdAt: instant,
    endedAt: instant.nullable(),
  })
  .meta({ id: "Proposal" })
export type Proposal = z.infer<typeof proposal>

/** Whether a person confirms, or what clearly fits is built at once. */
export const confirmation = z.enum(["ask", "auto"])

const params = z.object({ proposalId })
const on = { by: "object", object: "proposal", from: "proposalId" } as const

export const proposalRoutes = {
  "POST /agents/proposals": {
    summary: "Ask what starters can make of a prompt, where no language model plans",
    access: { ...inProject, permission: "run:start" },
    body: z.strictObject({
      projectId,
      goal: goalText,
      attachments: givenAttachments,
      confirm: confirmation.default("ask"),
    }),
    reply: { status: 201, body: proposal },
    faults: ["wrong_state", "run_in_progress", "quota_exceeded", "invalid"],
    idempotent: true,
    provisions: true,
    tool: {
      name: "propose",
      says: "Asks what starters can make of a prompt on a project, where no language model plans. The answer is a question to the person: show what would be built and what not.",
      without: ["attachments"],
    },
  },
  "GET /agents/proposals": {
    summary: "Proposals of a project, newest first",
    access: { ...inProject, permission: "run:read" },
    query: z.object({ ...pageQuery, projectId }),
    reply: { status: 200, body: pageOf(proposal) },
  },
  "GET /agents/proposals/{proposalId}": {
    summary: "One proposal with its choices",
    access: { ...on, permission: "run:read" },
    params,
    reply: { status: 200, body: proposal },
    tool: { name: "get_proposal", says: "Shows a proposal with its choices." },
  },
  "GET /agents/proposals/{proposalId}/choices/{starterId}": {
    summary: "What any starter would make of the prompt",
    access: { ...on, permission: "run:read" },
    params: params.extend({ starterId }),
    reply: { status: 200, body: proposalChoice },
    faults: ["invalid"],
  },
  "POST /agents/proposals/{proposalId}/confirm": {
    summary: "Build it: a run makes the app of this starter with these values",
    access: { ...on, permission: "run:start" },
    params,
    body: z.strictObject({ starter: chosenStarter }),
    reply: { status: 202, body: proposal },
    faults: ["wrong_state", "run_in_progress", "quota_exceeded", "invalid"],
    idempotent: true,
    provisions: true,
    tool: {
      name: "confirm_proposal",
      says: "Builds a starter of a proposal with these values. Only when the person has seen it and said so.",
    },
  },
  "POST /agents/proposals/{proposalId}/decline": {
    summary: "Build nothing of it; the prompt stays to be changed",
    access: { ...on, permission: "run:start" },
    params,
    reply: { status: 202, body: proposal },
    faults: ["wrong_state"],
    tool: {
      name: "decline_proposal",
      says: "Builds nothing of a proposal, when the person says so.",
    },
  },
} as const satisfies RouteTable
