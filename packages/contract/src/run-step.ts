import { z } from "zod"
import { instant } from "./ids.ts"
import { runId, stepId, taskId } from "./run-ids.ts"

const whole = z.number().int()

/** One row of a run's journal: a call that ran. */
export const step = z
  .object({
    id: stepId,
    runId,
    taskId,
    sequence: whole.meta({ description: "order within the run" }),
    kind: z.enum(["model", "tool", "check", "message"]),
    name: z.string().meta({ description: "the model's or the tool's name" }),
    title: z.string().meta({ description: "one line: what was done, e.g. “wrote server.ts”" }),
    ok: z.boolean(),
    input: z.unknown(),
    output: z.unknown(),
    truncated: z.boolean(),
    /** lines added and removed, for steps that changed a file */
    linesAdded: whole.nullable(),
    linesRemoved: whole.nullable(),
    startedAt: instant,
    durationMs: whole,
    costCents: z.number().nullable().meta({
      description:
        "US cents, with fractions; null when it is no answer of a model or its price is not known",
    }),
  })
  .meta({ id: "Step" })
export type Step = z.infer<typeof step>
