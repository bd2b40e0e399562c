import { z } from "zod"
import { givenAttachments } from "./attachment.ts"
import { instant } from "./ids.ts"
import type { RouteTable } from "./route.ts"
import { messageId, runId } from "./run-ids.ts"

/** What somebody wrote to a run at work: its agents hear it before their next answer. */
export const runMessage = z
  .object({
    id: messageId,
    number: z.number().int().meta({ description: "counts the run's messages from 1" }),
    text: z.string(),
    sentBy: z.string(),
    sentAt: instant,
    heardAt: instant.nullable().meta({
      description: "when the first agent was told of it; null once the run is over: none ever was",
    }),
  })
  .meta({ id: "RunMessage" })
export type RunMessage = z.infer<typeof runMessage>

/** messages that one run takes */
export const runMessagesMax = 50

const words = (example: string) =>
  z.string().trim().min(1, example).max(4000, "Use at most 4,000 characters.")
const access = { by: "object", object: "run", from: "runId", permission: "run:start" } as const
const params = z.object({ runId })

export const messageRoutes = {
  "POST /agents/runs/{runId}/messages": {
    summary: "Write to a run at work; its agents hear it before their next answer",
    access,
    params,
    body: z.strictObject({
      text: words("Write what the agents should know."),
      attachments: givenAttachments,
    }),
    reply: { status: 201, body: runMessage },
    faults: ["wrong_state", "invalid"],
    idempotent: true,
    tool: {
      name: "tell_run",
      says: "Writes something to the agents of a run at work; they hear it before their next answer.",
      without: ["attachments"],
    },
  },
  "POST /agents/runs/{runId}/redirect": {
    summary: "Begin another run in place of this one, from the files it left, or after it",
    access,
    params,
    body: z.strictObject({
      goal: words("Say what it should do instead."),
      when: z.enum(["now", "after"]).default("now").meta({
        description:
          "`now` stops the run; `after` begins once it has ended, unless it is cancelled",
      }),
      attachments: givenAttachments,
    }),
    reply: {
      status: 202,
      body: z.object({
        stopping: runId.meta({ description: "the run that ends first" }),
      }),
    },
    faults: ["wrong_state", "quota_exceeded"],
  },
} as const satisfies RouteTable
