import { z } from "zod"
import { instant } from "./ids.ts"
import type { RouteTable } from "./route.ts"
import { inquiryId, runId, taskId } from "./run-ids.ts"

export const inquiryKinds = ["question"] as const
export type InquiryKind = (typeof inquiryKinds)[number]

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
    text: z.string(),
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

export const inquiryRoutes = {
  "POST /agents/runs/{runId}/inquiries/{inquiryId}/answer": {
    summary: "Answer what a run asks; the first answer counts, and its task goes on",
    access: { by: "object", object: "run", from: "runId", permission: "run:start" },
    params: z.object({ runId, inquiryId }),
    body: z.strictObject({ answer: answerText }),
    reply: { status: 200, body: inquiry },
    faults: ["wrong_state"],
  },
} as const satisfies RouteTable
