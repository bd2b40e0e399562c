import { z } from "zod"
import { instant } from "./ids.ts"
import { inProject, projectId } from "./kinds/projects.ts"
import type { RouteTable } from "./route.ts"
import { inquiryId, runId, taskId } from "./run-ids.ts"

/** An *approval* is about something risky that is about to be done: `allow` lets it, any other answer does not. */
export const inquiryKinds = ["question", "approval"] as const
export type InquiryKind = (typeof inquiryKinds)[number]

/** The answer that lets what an approval is about be done. */
export const allow = "Allow"

/** `withdrawn`: its run ended before anybody answered. */
export const inquiryStates = ["open", "answered", "withdrawn"] as const
export type InquiryState = (typeof inquiryStates)[number]

/** What a task asks a person; it waits, without a time limit, until somebody answers. */
export const inquiry = z
  .object({
    id: inquiryId,
    taskId: taskId.nullable().meta({ description: "null: the run itself asks" }),
    kind: z.enum(inquiryKinds),
    state: z.enum(inquiryStates),
    text: z.string().meta({ description: "the question, or in full what would be done" }),
    choices: z.array(z.string()).meta({ description: "answers to choose from; others are taken" }),
    answer: z.string().nullable(),
    answeredBy: z.string().nullable(),
    askedAt: instant,
    answeredAt: instant.nullable(),
  })
  .meta({ id: "Inquiry" })
export type Inquiry = z.infer<typeof inquiry>

export const answerText = z
  .string()
  .trim()
  .min(1, "Write an answer.")
  .max(4000, "Use at most 4,000 characters.")

const decisions = z.enum(["allow", "ask", "refuse"])
const rules = {
  deleteFiles: decisions.meta({
    description: "each time a run's calls delete ten more of the files that it found",
  }),
  goLive: decisions.exclude(["refuse"]).meta({
    description: "what a run built takes the place of the app that people use, on their data",
  }),
}

/** What agents may do in a project by themselves, what a person decides first, and what they may not. */
export const approvalRules = z
  .object({ ...rules, version: z.number().int().meta({ description: "send it as If-Match" }) })
  .meta({ id: "ApprovalRules" })
export type ApprovalRules = z.infer<typeof approvalRules>

export const inquiryRoutes = {
  "POST /agents/runs/{runId}/inquiries/{inquiryId}/answer": {
    summary: "Answer what a run asks; the first answer counts, and its task goes on",
    access: { by: "object", object: "run", from: "runId", permission: "run:start" },
    params: z.object({ runId, inquiryId }),
    body: z.strictObject({ answer: answerText }),
    reply: { status: 200, body: inquiry },
    faults: ["wrong_state"],
    tool: {
      name: "answer_question",
      says: "Answers what a run asks people, in the person's own words; an approval is given by “Allow” alone. Show them the whole question first and never answer for them.",
    },
  },
  "GET /projects/{projectId}/approvals": {
    summary: "What agents may do by themselves in a project, and what a person decides first",
    access: { ...inProject, permission: "run:read" },
    params: z.object({ projectId }),
    reply: { status: 200, body: approvalRules },
  },
  "PATCH /projects/{projectId}/approvals": {
    summary: "Change what agents may do by themselves; calls from now on follow it",
    access: { ...inProject, permission: "run:govern" },
    params: z.object({ projectId }),
    body: z
      .strictObject(rules)
      .partial()
      .refine((body) => Object.keys(body).length > 0, "Name at least one field to change."),
    reply: { status: 200, body: approvalRules },
    faults: ["version_mismatch", "wrong_state"],
    ifMatch: true,
  },
} as const satisfies RouteTable
