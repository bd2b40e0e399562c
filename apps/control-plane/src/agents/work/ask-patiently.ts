import type { LanguageModelV4, LanguageModelV4CallOptions } from "@ai-sdk/provider"
import type { ProviderWait } from "@vibecaas/contract/provider-wait"
import { backoffMs } from "@vibecaas/kernel/backoff"
import type { Clock } from "@vibecaas/kernel/clock"
import type { Budgets } from "./budget.ts"
import { whileHeard } from "./deadline.ts"
import { type ModelFailure, readModelFailure } from "./model-failure.ts"
import { collectAnswer, type RecordedAnswer } from "./recorded-answer.ts"

/** the least that an answer's limit is lowered to for a server that finds it too high, in tokens */
const outputTokensMin = 2000

export interface Asking {
  clock: Clock
  signal: AbortSignal
  budget: Budgets["call"]
  /** how freely the model chooses its words; absent: as it has it */
  temperature?: number | undefined
  /** told of each wait for a server that is away or busy, and with null that it answers */
  waits: (wait: ProviderWait | null) => Promise<void>
}

/** How a model was asked. */
export interface Measured {
  /** requests for the one answer */
  requests: number
  /** from the request that was answered to the answer's first piece, in `ms`; null without an answer */
  firstMs: number | null
  /** and to its end */
  answerMs: number | null
}

export interface Asked {
  asked: RecordedAnswer | ModelFailure
  /** between requests, in `ms` */
  waitedMs: number
  measured: Measured
}

/**
 * Asks again while the failure may pass: a server that is away or has too much to do is waited for
 * as long as patience allows, any other failure is met by a few more requests.
 */
export async function askPatiently(
  model: LanguageModelV4,
  options: Pick<LanguageModelV4CallOptions, "prompt" | "tools">,
  asking: Asking,
): Promise<Asked> {
  const { clock, signal, budget, waits, temperature } = asking
  const said = temperature === undefined ? options : { ...options, temperature }
  let maxOutputTokens = budget.outputTokensMax
  let waitedMs = 0
  let faults = 0
  for (let attempt = 1; ; attempt++) {
    try {
      const { answer, ...times } = await askOnce(model, { ...said, maxOutputTokens }, asking)
      return { asked: answer, waitedMs, measured: { requests: attempt, ...times } }
    } catch (error) {
      signal.throwIfAborted()
      const failure = readModelFailure(error, clock.now())
      if (failure.limit === "output" && maxOutputTokens > outputTokensMin) {
        maxOutputTokens = Math.max(outputTokensMin, Math.floor(maxOutputTokens / 2))
        continue
      }
      if (!failure.patient) faults += 1
      const wait = Math.max(failure.waitMs, backoffMs(attempt, pauses))
      const over = failure.patient
        ? waitedMs + wait > budget.patienceMsMax
        : !failure.retryable || faults >= budget.attemptsMax
      if (over) {
        const asked = failure.patient ? gaveUp(failure, waitedMs) : failure
        return { asked, waitedMs, measured: { requests: attempt, firstMs: null, answerMs: null } }
      }
      if (failure.patient) await waits(waitOf(failure, clock.now(), wait))
      await clock.sleep(wait, signal)
      waitedMs += wait
    }
  }
}

const pauses = { delayMs: 500, delayMsMax: 60_000, jitter: 0.3 }

function waitOf({ say }: ModelFailure, now: Date, ms: number): ProviderWait {
  const until = new Date(now.getTime() + ms).toISOString()
  return { reason: say, since: now.toISOString(), until }
}

/** Whoever waited this long need not begin another try. */
function gaveUp({ say }: ModelFailure, waitedMs: number): ModelFailure {
  const waited =
    waitedMs < 60_000 ? `${Math.round(waitedMs / 1000)} s` : `${Math.round(waitedMs / 60_000)} min`
  const words = waitedMs === 0 ? say : `${say} It was asked again for ${waited}.`
  return { say: words, retryable: false, waitMs: 0 }
}

function askOnce(
  model: LanguageModelV4,
  options: LanguageModelV4CallOptions,
  { clock, signal, budget, waits }: Asking,
): Promise<{ answer: RecordedAnswer; firstMs: number; answerMs: number }> {
  const { firstMsMax, idleMsMax, modelMsMax: totalMs } = budget
  const limits = { clock, signal, totalMs, what: "The model's answer" }
  const since = clock.now().getTime()
  const sinceThen = () => clock.now().getTime() - since
  return whileHeard({ ...limits, ms: firstMsMax }, async (abortSignal, heard) => {
    const { stream } = await model.doStream({ ...options, abortSignal })
    // Before a block's first piece the model may think unheard, as long as before its first word.
    let firstMs: number | undefined
    const answer = await collectAnswer(stream, async ({ type }) => {
      heard(type.endsWith("-delta") ? idleMsMax : firstMsMax)
      if (firstMs !== undefined || !/^(text|reasoning|tool)-/.test(type)) return
      firstMs = sinceThen()
      await waits(null)
    })
    const answerMs = sinceThen()
    return { answer, firstMs: firstMs ?? answerMs, answerMs }
  })
}
