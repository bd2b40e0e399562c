import type { LanguageModelV4Message } from "@ai-sdk/provider"
import { answerOf, type Brain } from "./behaviours.ts"

const question = {
  question: "Who should see the app?",
  choices: ["Only our organization", "Everybody who knows the address"],
}

/** What thinks about goals that ask to be asked, and what about all others. */
export function forGoals(asking: Brain, others: Brain): Brain {
  return (asked) => {
    const first = asked.prompt.find(({ role }) => role === "user")
    return JSON.stringify(first).includes("Ask me") ? asking(asked) : others(asked)
  }
}

/** Asks one question before it plans, and then does what another does. */
export function askingBrain(brain: Brain): Brain {
  return (asked) => {
    const { prompt, tools } = asked
    const planning = tools?.some(({ name }) => name === "decline")
    if (!planning) return brain(asked)
    const rest = prompt.filter((message) => !isAbout("ask_user", message))
    if (rest.length < prompt.length) return brain({ ...asked, prompt: rest })
    return answerOf({ calls: [{ id: "ask-1", name: "ask_user", input: question }] })
  }
}

function isAbout(tool: string, { content }: LanguageModelV4Message): boolean {
  return (
    typeof content !== "string" &&
    content.some((part) => "toolName" in part && part.toolName === tool)
  )
}
