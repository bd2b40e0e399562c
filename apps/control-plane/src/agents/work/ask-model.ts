import type { LanguageModelV4, LanguageModelV4CallOptions } from "@ai-sdk/provider"
import type { Clock } from "@vibecaas/kernel/clock"
import { invariant } from "@vibecaas/kernel/fault"
import { brief } from "../whole-words.ts"
import { askPatiently } from "./ask-patiently.ts"
import { type Budgets, estimatedTokens } from "./budget.ts"
import type { CallName, CallResult, Journal, Tokens } from "./journal.ts"
import type { ModelFailure } from "./model-failure.ts"
import { type RecordedAnswer, withUsableCalls } from "./recorded-answer.ts"

/** what a row's title holds of an answer; the row's output has all of it */
const titleCharsMax = 160

export interface ModelCalls {
  journal: Journal
  tryNumber: number
  clock: Clock
  signal: AbortSignal
  budget: Budgets["call"]
  /** sets tokens aside; throws when the budget does not have them */
  reserve: (tokens: number) => Promise<void>
  /** ids of tool calls that earlier answers of the task used */
  usedCallIds: Set<string>
}

export type AskModel = (
  options: Pick<LanguageModelV4CallOptions, "prompt" | "tools">,
) => Promise<RecordedAnswer | ModelFailure>

/**
 * A model whose answers are in the journal: call `k` of a try is named `model-k`. A recorded answer
 * is given again and no call is made; a new one is recorded whole before anything acts on it.
 *
 * @throws what the journal and the budget throw
 */
export function askJournalled(model: LanguageModelV4, calls: ModelCalls): AskModel {
  let count = 0
  return async (options) => {
    count += 1
    const { tryNumber, journal, usedCallIds } = calls
    const callKey = `model-${count}`
    const call: CallName = { kind: "model", name: model.modelId, tryNumber, callKey }
    const recorded = await journal.once(call, () => askAndDescribe(model, options, calls))
    const answer = readRecorded(recorded)
    if ("say" in answer) return answer
    for (const part of answer.content) {
      if (part.type === "tool-call") usedCallIds.add(part.toolCallId)
    }
    return answer
  }
}

/** A row of a model call holds its answer, or why there was none. */
function readRecorded({ ok, output }: { ok: boolean; output: unknown }) {
  invariant(typeof output === "object" && output !== null, "a model's row has an output")
  // Rows of model calls are written only below.
  return ok ? (output as RecordedAnswer) : (output as ModelFailure)
}

async function askAndDescribe(
  model: LanguageModelV4,
  options: Parameters<AskModel>[0],
  calls: ModelCalls,
): Promise<CallResult> {
  const promptTokens = estimatedTokens(JSON.stringify(options.prompt))
  await calls.reserve(promptTokens + calls.budget.outputTokensMax)
  const { asked, waitedMs } = await askPatiently(model, options, calls)
  const input = { messages: options.prompt.length }
  if ("say" in asked) {
    return { title: asked.say, ok: false, input, output: asked, waitedMs }
  }
  const answer = withUsableCalls(asked, calls.usedCallIds)
  const tokens = tokensOf(answer, promptTokens)
  return { title: titleOf(answer), ok: true, input, output: answer, tokens, waitedMs }
}

function tokensOf({ usage, content }: RecordedAnswer, promptTokens: number): Tokens {
  const input = usage?.inputTokens?.total
  const output = usage?.outputTokens?.total
  if (input !== undefined && output !== undefined) return { input, output, estimated: false }
  return { input: promptTokens, output: estimatedTokens(JSON.stringify(content)), estimated: true }
}

function titleOf({ content }: RecordedAnswer): string {
  const text = content
    .flatMap((part) => (part.type === "text" ? [part.text] : []))
    .join(" ")
    .trim()
  const calls = content.flatMap((part) => (part.type === "tool-call" ? [part.toolName] : []))
  const line = text.split("\n")[0]?.trimEnd()
  if (line) return brief(line, titleCharsMax)
  return calls.length > 0 ? `called ${[...new Set(calls)].join(", ")}` : "answered nothing"
}
