import type { LanguageModelV4Message } from "@ai-sdk/provider"
import type { ToolSet } from "ai"
import { answerCalls, declare } from "./answer-calls.ts"
import { askJournalled, type ModelCalls, type ModelLine } from "./ask-model.ts"
import { compact } from "./compact.ts"
import type { Listen } from "./listen.ts"
import type { ModelFailure } from "./model-failure.ts"
import type { RecordedAnswer } from "./recorded-answer.ts"
import { said, told, written } from "./said.ts"

export interface Conversation {
  line: ModelLine
  instructions: string
  messages: readonly LanguageModelV4Message[]
  tools: ToolSet
  /** asked after each answer: nothing is left to do */
  finished: (answer: RecordedAnswer) => boolean
  /** what people write meanwhile; absent: it is not for this conversation */
  listen?: Listen
  calls: ModelCalls
}

/** How a conversation ended, with everything that was said in it. */
export interface ConversationEnd {
  messages: LanguageModelV4Message[]
  /** why the model fell silent; absent when it said that it is done */
  died?: ModelFailure
}

/**
 * Lets a model work with its tools until it says that it is done. Every call it makes is answered
 * before it is asked again, so that what was said can always be sent.
 *
 * @throws what stops the work: a budget, a cancellation, a lost lease, a machine that failed
 */
export async function converse(conversation: Conversation): Promise<ConversationEnd> {
  const { calls, instructions } = conversation
  const { journal, tryNumber, signal } = calls
  const desk = { tools: conversation.tools, journal, tryNumber, signal }
  const ask = askJournalled(conversation.line, calls)
  const tools = await declare(desk.tools)
  const system = { role: "system" as const, content: instructions }
  const heard = async () =>
    (await conversation.listen?.({ tryNumber, callKey: ask.nextKey() })) ?? []
  let messages = [...conversation.messages]
  for (let fruitless = 0; ; ) {
    messages.push(...(await heard()).map(written))
    const answer = await ask({ prompt: [system, ...messages], tools })
    if ("say" in answer) {
      const shorter = answer.limit === "context" ? compact(messages) : undefined
      if (!shorter) return { messages, died: answer }
      messages = shorter
      continue
    }
    messages.push(...said(answer))
    const called = answer.content.some(({ type }) => type === "tool-call")
    if (called) messages.push(await answerCalls(desk, answer))
    if (conversation.finished(answer)) return { messages }
    const word = wordAbout(answer, called)
    if (word) messages.push(told(word))
    // What somebody wrote while the model said that it is done is heard at the top.
    const more = !called && !word && (await heard()).length > 0
    if (!called && !word && !more) return { messages }
    fruitless = called || more ? 0 : fruitless + 1
    if (fruitless < fruitlessMax) continue
    return isEmpty(answer) ? { messages } : { messages, died: neverEnds }
  }
}

/** answers in a row that lead to nothing, before the conversation is given up */
const fruitlessMax = 3

const neverEnds = {
  say: `The model's answers were cut at their length ${fruitlessMax} times before they did anything.`,
  retryable: false,
  waitMs: 0,
}

const isEmpty = ({ content }: RecordedAnswer) =>
  !content.some((part) => part.type === "tool-call" || (part.type === "text" && part.text.trim()))

/** What the platform says to an answer that did not end as answers do. */
function wordAbout(answer: RecordedAnswer, called: boolean): string | undefined {
  const { finishReason, usage } = answer
  if (finishReason.unified === "length") {
    const tokens = usage?.outputTokens?.total
    const where = tokens === undefined ? "at its longest" : `at ${tokens} tokens`
    return `Your answer was cut ${where}. What was complete was done. Write fewer or smaller files in one answer, and carry on.`
  }
  if (!called && isEmpty(answer)) {
    return "Your answer was empty. Carry on; if the task is done, say so in a sentence."
  }
  return undefined
}
