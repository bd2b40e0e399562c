import { tool } from "ai"
import { z } from "zod"
import { brief } from "../whole-words.ts"
import { type ToolDesk, toolCall } from "./tool-call.ts"

const question = z.object({
  question: z.string().trim().min(1).max(1000),
  choices: z
    .array(z.string().trim().min(1).max(200))
    .max(6)
    .optional()
    .describe("answers to choose from; the person may also write another"),
})

/** Lets an agent ask whoever wants the work done; the task waits for the answer. */
export function askUser(desk: ToolDesk) {
  return tool({
    description:
      "Asks the person who wants this one question and waits for the answer. Only for what changes what is built and what neither the goal nor the files tell; a run has few questions.",
    inputSchema: question,
    execute: toolCall(desk, "ask_user", async (input: z.infer<typeof question>, mark) => {
      const { question: text, choices = [] } = input
      const { answer, by } = await desk.bench.people.ask({
        ...{ kind: "question", call: mark("").key },
        ...{ text, choices },
      })
      return { title: `asked “${brief(text, 200)}”`, output: { answer, answeredBy: by } }
    }),
  })
}
