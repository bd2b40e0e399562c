import type { LanguageModelV4 } from "@ai-sdk/provider"
import { type ModelMessage, ToolLoopAgent, type ToolSet } from "ai"
import { journalledModel, type ModelCalls } from "./journalled-model.ts"
import type { ModelFailure } from "./model-failure.ts"

export interface Conversation {
  model: LanguageModelV4
  instructions: string
  messages: readonly ModelMessage[]
  /** made for this conversation: `stop` ends it when a tool meets what no model can mend */
  tools: (stop: (error: unknown) => void) => ToolSet
  /** asked after each step: nothing is left to do */
  finished: () => boolean
  calls: Omit<ModelCalls, "died" | "signal"> & { signal: AbortSignal }
}

/** How a conversation ended, with the messages it added. */
export interface ConversationEnd {
  messages: ModelMessage[]
  /** why the model fell silent; absent when it said that it is done */
  died?: ModelFailure
}

/**
 * Lets a model work with its tools until it says that it is done.
 *
 * Tools run one after the other, so that each commit has one call to thank. What stops the work
 * (budget, cancellation, a lost lease, a machine that failed) is thrown.
 */
export async function converse(conversation: Conversation): Promise<ConversationEnd> {
  const stopped = new AbortController()
  const stop = (error: unknown) => stopped.abort(error)
  const signal = AbortSignal.any([conversation.calls.signal, stopped.signal])
  const end: ConversationEnd = { messages: [] }
  const model = journalledModel(conversation.model, {
    ...stoppingCalls(conversation.calls, stop),
    signal,
    died: (failure) => {
      end.died = failure
    },
  })
  const agent = new ToolLoopAgent({
    model,
    instructions: conversation.instructions,
    tools: conversation.tools(stop),
    toolCallConcurrency: 1,
    // Calls are repeated and counted below the journal, not above it.
    maxRetries: 0,
    maxOutputTokens: conversation.calls.budget.outputTokensMax,
    stopWhen: conversation.finished,
    include: { requestBody: false, requestMessages: false },
    onStepEnd: ({ response }) => void end.messages.push(...response.messages),
    // What went wrong is known from the journal and from `stop`; the SDK would print it.
    onError: () => {},
  })
  const messages = [...conversation.messages]
  const result = await agent.stream({ messages, abortSignal: signal })
  const errors: unknown[] = []
  await result.consumeStream({ onError: (error) => void errors.push(error) })
  signal.throwIfAborted()
  if (errors.length > 0 && !end.died) throw errors[0]
  return end
}

/** A journal or a budget that throws stops the conversation instead of becoming a model's error. */
function stoppingCalls(calls: Conversation["calls"], stop: (error: unknown) => void) {
  const stopping =
    <Input extends unknown[], T>(action: (...input: Input) => Promise<T>) =>
    async (...input: Input): Promise<T> => {
      try {
        return await action(...input)
      } catch (error) {
        stop(error)
        throw error
      }
    }
  return {
    ...calls,
    reserve: stopping(calls.reserve),
    journal: { ...calls.journal, once: stopping(calls.journal.once) },
  }
}
