import { aiUsual, type ProjectAi } from "@vibecaas/contract/kinds/ai"
import { money } from "@vibecaas/contract/money"
import { tool } from "ai"
import { z } from "zod"
import { brief } from "../whole-words.ts"
import { needLeave } from "../work/approvals.ts"
import { hasVariablesFrom, type ToolDesk, toolCall } from "./tool-call.ts"

const input = z.object({
  reason: z.string().trim().min(1).max(500).describe("what the app asks a model for"),
  centsMax: z.number().int().min(1).max(100_000).optional().describe("US cents a month"),
  tokensMax: z.number().int().min(1000).max(1_000_000_000).optional().describe("tokens a month"),
})

/** Asks a person to let the app ask models, within a budget; without a question where it may already. */
export function requestAi(desk: ToolDesk) {
  const { ai, people } = desk.bench
  return tool({
    description: `Asks the person to let the project's app ask language models through the platform, and waits for the answer. Without limits it asks for ${money(aiUsual.centsMax)} and ${aiUsual.tokensMax} tokens a month. Call it before you build what needs a model.`,
    inputSchema: input,
    execute: toolCall(desk, "request_ai", async (asked: z.infer<typeof input>, mark) => {
      const now = await ai.read()
      if (now.enabled) return { title: "saw that the app may ask models", output: told(now) }
      const { centsMax = aiUsual.centsMax, tokensMax = aiUsual.tokensMax } = asked
      const approvedBy = await needLeave(people, {
        call: mark("").key,
        text: `Let this project’s app ask language models, for at most ${money(centsMax)} and ${tokensMax.toLocaleString("en")} tokens a month? It sends them what the app puts into its questions, perhaps what people typed.\nWhat for: ${asked.reason}`,
        otherwise: "Build it without a model, and say on the page that a rule decides.",
      })
      const on = await ai.turnOn({ centsMax, tokensMax, approvedBy })
      return { title: `asked for AI in the app: ${brief(asked.reason, 160)}`, output: told(on) }
    }),
  })
}

const told = ({ models, tokensMax, centsMax }: ProjectAi) => ({
  models: models.map(({ alias, label, simulated }) => ({ name: alias, answers: label, simulated })),
  monthly: { tokensMax, centsMax },
  variables: ["OPENAI_BASE_URL", "OPENAI_API_KEY"],
  note: hasVariablesFrom,
})
