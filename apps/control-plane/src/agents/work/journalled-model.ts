import type { LanguageModelV4, LanguageModelV4CallOptions } from "@ai-sdk/provider"
import { backoffMs } from "@vibecaas/kernel/backoff"
import type { Clock } from "@vibecaas/kernel/clock"
import { invariant } from "@vibecaas/kernel/fault"
import { wrapLanguageModel } from "ai"
import { brief } from "../whole-words.ts"
import { type Budgets, estimatedTokens } from "./budget.ts"
import { within } from "./deadline.ts"
import type { CallName, CallResult, Journal, Tokens } from "./journal.ts"
import { type ModelFailure, readModelFailure } from "./model-failure.ts"
import {
  collectAnswer,
  type RecordedAnswer,
  streamOf,
  withUniqueCallIds,
} from "./recorded-answer.ts"

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
  /** told once when a call of this conversation got no answer */
  died: (failure: ModelFailure) => void
}

/**
 * A model whose answers are in the journal: call `k` of a try is named `model-k`. A recorded answer
 * is streamed again and no call is made; a new one is recorded whole before any tool acts on it.
 */
export function journalledModel(model: LanguageModelV4, calls: ModelCalls): LanguageModelV4 {
  let count = 0
  return wrapLanguageModel({
    model,
    middleware: {
      specificationVersion: "v4",
      async wrapStream({ params }) {
        count += 1
        const { tryNumber, journal } = calls
        const callKey = `model-${count}`
        const call: CallName = { kind: "model", name: model.modelId, tryNumber, callKey }
        const recorded = await journal.once(call, () => askAndDescribe(model, params, calls))
        const answer = readRecorded(recorded)
        if ("say" in answer) {
          calls.died(answer)
          throw new Error(answer.say)
        }
        for (const part of answer.content) {
          if (part.type === "tool-call") calls.usedCallIds.add(part.toolCallId)
        }
        return { stream: streamOf(answer) }
      },
    },
  })
}

/** A row of a model call holds its answer, or why there was none. */
function readRecorded({ ok, output }: { ok: boolean; output: unknown }) {
  invariant(typeof output === "object" && output !== null, "a model's row has an output")
  // Rows of model calls are written only below.
  return ok ? (output as RecordedAnswer) : (output as ModelFailure)
}

async function askAndDescribe(
  model: LanguageModelV4,
  params: LanguageModelV4CallOptions,
  calls: ModelCalls,
): Promise<CallResult> {
  const promptTokens = estimatedTokens(JSON.stringify(params.prompt))
  await calls.reserve(promptTokens + calls.budget.outputTokensMax)
  const input = { messages: params.prompt.length }
  const asked = await askPatiently(model, params, calls)
  if ("say" in asked) {
    return { title: asked.say, ok: false, input, output: asked }
  }
  const answer = withUniqueCallIds(asked, calls.usedCallIds)
  const tokens = tokensOf(answer, promptTokens)
  return { title: titleOf(answer), ok: true, input, output: answer, tokens }
}

/** Asks again while the failure may pass and attempts are left. */
async function askPatiently(
  model: LanguageModelV4,
  params: LanguageModelV4CallOptions,
  calls: ModelCalls,
): Promise<RecordedAnswer | ModelFailure> {
  const { clock, signal, budget } = calls
  for (let attempt = 1; ; attempt++) {
    try {
      const limit = { clock, ms: budget.modelMsMax, signal, what: "The model's answer" }
      return await within(limit, async (abortSignal) => {
        const { stream } = await model.doStream({ ...params, abortSignal })
        return collectAnswer(stream)
      })
    } catch (error) {
      signal.throwIfAborted()
      const failure = readModelFailure(error)
      if (!failure.retryable || attempt >= budget.attemptsMax) return failure
      const wait = backoffMs(attempt, { delayMs: 500, delayMsMax: 20_000, jitter: 0.2 })
      await clock.sleep(Math.max(wait, failure.waitMs), signal)
    }
  }
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
