import type { LanguageModelV4CallOptions } from "@ai-sdk/provider"
import type { ModelInfo } from "@vibecaas/contract/model-info"
import { invariant } from "@vibecaas/kernel/fault"
import { costOf, priceOf } from "../models/cost.ts"
import type { ModelEntry } from "../models/model.ts"
import { takesPictures } from "../models/sight.ts"
import { brief } from "../whole-words.ts"
import { type Asking, askPatiently } from "./ask-patiently.ts"
import { estimatedTokens, type WantedAnswer } from "./budget.ts"
import type { CallName, CallResult, Journal, Spent } from "./journal.ts"
import type { ModelFailure } from "./model-failure.ts"
import { asSeen, textOf } from "./pictures-in-prompt.ts"
import { type RecordedAnswer, withUsableCalls } from "./recorded-answer.ts"

/** what a row's title holds of an answer; the row's output has all of it */
const titleCharsMax = 160

export interface ModelCalls extends Asking {
  journal: Journal
  tryNumber: number
  /** sets aside what an answer may use; throws when the budget does not have it */
  reserve: (wanted: WantedAnswer) => Promise<void>
  /** ids of tool calls that earlier answers of the task used */
  usedCallIds: Set<string>
}

/** Who of a role's models is asked in a task: the first, until it failed for good. */
export interface ModelLine {
  now: ModelEntry
}

export interface AskModel {
  (
    options: Pick<LanguageModelV4CallOptions, "prompt" | "tools">,
  ): Promise<RecordedAnswer | ModelFailure>
  /** the name of the next call */
  nextKey(): string
}

/**
 * A model whose answers are in the journal: call `k` of a try is named `model-k`. A recorded answer
 * is given again and no call is made; a new one is recorded whole before anything acts on it. A model
 * that fails for good is left for the next of its line, which is asked the same.
 *
 * @throws what the journal and the budget throw
 */
export function askJournalled(line: ModelLine, calls: ModelCalls): AskModel {
  let count = 0
  const keyOf = (call: number) => `model-${call}`
  async function ask(options: Parameters<AskModel>[0]): ReturnType<AskModel> {
    count += 1
    const { tryNumber, journal, usedCallIds } = calls
    const entry = line.now
    const callKey = keyOf(count)
    const call: CallName = { kind: "model", name: entry.model.modelId, tryNumber, callKey }
    const recorded = await journal.once(call, () => askAndDescribe(entry, options, calls))
    const answer = readRecorded(recorded)
    if ("say" in answer) {
      const next = takesOver(entry, answer)
      if (!next) return answer
      line.now = next
      return ask(options)
    }
    for (const part of answer.content) {
      if (part.type === "tool-call") usedCallIds.add(part.toolCallId)
    }
    return answer
  }
  return Object.assign(ask, { nextKey: () => keyOf(count + 1) })
}

/** A row of a model call holds its answer, or why there was none. */
function readRecorded({ ok, output }: { ok: boolean; output: unknown }) {
  invariant(typeof output === "object" && output !== null, "a model's row has an output")
  // Rows of model calls are written only below.
  return ok ? (output as RecordedAnswer) : (output as ModelFailure)
}

async function askAndDescribe(
  entry: ModelEntry,
  options: Parameters<AskModel>[0],
  calls: ModelCalls,
): Promise<CallResult> {
  const { model, info } = entry
  const prompt = asSeen(options.prompt, takesPictures(info))
  const promptTokens = estimatedTokens(textOf(prompt))
  await calls.reserve(mostOf(info, promptTokens, calls.budget.outputTokensMax))
  const { asked, waitedMs, ...how } = await askPatiently(model, { ...options, prompt }, calls)
  const measured = { ...how.measured, provider: info.provider }
  const input = { messages: options.prompt.length }
  if ("say" in asked) {
    const next = takesOver(entry, asked)
    const title = next ? `${asked.say} From here on ${next.info.label} is asked.` : asked.say
    return { title, ok: false, input, output: asked, waitedMs, measured }
  }
  const answer = withUsableCalls(asked, calls.usedCallIds)
  const spent = spentOn(answer, info, promptTokens)
  return { title: titleOf(answer), ok: true, input, output: answer, spent, waitedMs, measured }
}

/** A conversation that grew too long is shortened first. */
const takesOver = ({ next }: ModelEntry, { retryable, limit }: ModelFailure) =>
  retryable || limit ? undefined : next

/** All of the prompt may be new to the provider, and to be kept. */
function mostOf(info: ModelInfo, input: number, output: number): WantedAnswer {
  const price = priceOf(info)
  const cost = price ? costOf(price, { input, cacheRead: 0, cacheWrite: input, output }) : 0
  return { tokens: input + output, cost, simulated: info.simulated }
}

function spentOn({ usage, content }: RecordedAnswer, info: ModelInfo, prompt: number): Spent {
  const { simulated } = info
  const { inputTokens: read, outputTokens: written } = usage ?? {}
  if (read?.total === undefined || written?.total === undefined) {
    const output = estimatedTokens(JSON.stringify(content))
    const guess = { input: prompt, cacheRead: 0, cacheWrite: 0, output }
    return { ...guess, simulated, estimated: true, cost: simulated ? 0 : null }
  }
  const { cacheRead = 0, cacheWrite = 0 } = read
  const used = { input: read.total, cacheRead, cacheWrite, output: written.total }
  const price = priceOf(info)
  return { ...used, simulated, estimated: false, cost: price ? costOf(price, used) : null }
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
