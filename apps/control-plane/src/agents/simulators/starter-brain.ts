import type { LanguageModelV4Message } from "@ai-sdk/provider"
import type { ChosenStarter } from "@vibecaas/contract/kinds/starters"
import { section } from "../prompts.ts"
import type { Brain } from "./behaviours.ts"

/** Lets fixed rules plan whatever they are asked for: as if a person had confirmed one starter for it. */
export function starterBrain(brain: Brain, chosen: ChosenStarter): Brain {
  return (asked) => {
    const planning = asked.tools?.some(({ name }) => name === "decline")
    if (!planning) return brain(asked)
    const at = asked.prompt.findIndex(({ role }) => role === "user")
    const prompt = asked.prompt.map((message, index) =>
      index === at ? confirmed(message, chosen) : message,
    )
    return brain({ ...asked, prompt })
  }
}

function confirmed(message: LanguageModelV4Message, chosen: ChosenStarter): LanguageModelV4Message {
  if (message.role !== "user") return message
  const text = message.content.map((part) => (part.type === "text" ? part.text : "")).join("")
  const account = { clauses: [{ words: goalIn(text) }], filler: [] }
  const proposal = section("proposal", JSON.stringify({ before: null, chosen, account }))
  return { ...message, content: [{ type: "text", text: `${text}\n\n${proposal}` }] }
}

/** What stands between the goal's marks; a closing mark in it was defused. */
const goalIn = (text: string) =>
  (/<goal>\n([\s\S]*?)\n<\/goal>/.exec(text)?.[1] ?? "").replaceAll("<\\/goal", "</goal")
