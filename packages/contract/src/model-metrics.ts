import { z } from "zod"

const number = z.number().int()
const milliseconds = z.number().int().nullable()

/** How agents and a model did together. */
const did = {
  runs: number.meta({ description: "in which it was asked" }),
  runsSucceeded: number.meta({ description: "of these, as a whole" }),
  tasks: number.meta({
    description: "in which it was asked, also those that are not at their end",
  }),
  tasksSucceeded: number,
  tasksFailed: number,
  answers: number,
  unanswered: number.meta({ description: "times that no answer came, however often it was asked" }),
  retries: number.meta({ description: "requests that were made again for the same answer" }),
  outputTokens: number.meta({ description: "of answers whose length was told" }),
  costCents: z.number().meta({ description: "US cents by list prices, with fractions" }),
  unpriced: number.meta({ description: "answers of unknown price or length, not in the cost" }),
  firstMsMedian: milliseconds.meta({ description: "until an answer's first piece" }),
  firstMsSlow: milliseconds.meta({ description: "19 of 20 answers began earlier" }),
  tokensPerSecond: z.number().nullable().meta({
    description: "written, by the time that answers took from the request to their end",
  }),
  toolMs: number.meta({ description: "in the tools and checks of tasks that asked it last" }),
}

const model = { provider: z.string(), model: z.string() }

export const modelMetrics = z
  .object({ role: z.string().meta({ description: "of the agents that asked" }), ...model, ...did })
  .meta({ id: "ModelMetrics" })
export type ModelMetrics = z.infer<typeof modelMetrics>

export const modelDay = z
  .object({ day: z.iso.date().meta({ description: "in UTC" }), ...model, ...did })
  .meta({ id: "ModelDay" })
export type ModelDay = z.infer<typeof modelDay>
