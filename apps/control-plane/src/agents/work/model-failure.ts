import { APICallError } from "@ai-sdk/provider"
import { isFault } from "@vibecaas/kernel/fault"
import { brief } from "../whole-words.ts"

/** Why a model gave no answer. */
export interface ModelFailure {
  /** the sentence a person reads */
  say: string
  /** asking the same again may help */
  retryable: boolean
  /** the provider asked to wait this long, in `ms` */
  waitMs: number
}

/** Translates what a provider's client threw. Says nothing of what was sent: a key could be in it. */
export function readModelFailure(error: unknown): ModelFailure {
  if (isFault(error)) return { say: error.say, retryable: error.retryable, waitMs: 0 }
  if (!APICallError.isInstance(error)) {
    return {
      say: `The model's answer could not be read: ${messageOf(error)}`,
      retryable: true,
      waitMs: 0,
    }
  }
  const status = error.statusCode
  const waitMs = retryAfterMs(error.responseHeaders?.["retry-after"])
  if (status === undefined) {
    return { say: "The model's server cannot be reached.", retryable: true, waitMs }
  }
  if (status === 401 || status === 403) {
    return { say: `The model's server refused the key (${status}).`, retryable: false, waitMs }
  }
  if (status === 429)
    return { say: "The model's server has too many requests (429).", retryable: true, waitMs }
  return {
    say: `The model's server answered ${status}: ${brief(error.message, messageCharsMax)}`,
    retryable: error.isRetryable,
    waitMs,
  }
}

const messageCharsMax = 300

const messageOf = (error: unknown) =>
  brief(error instanceof Error ? error.message : (JSON.stringify(error) ?? ""), messageCharsMax)

/** Seconds only; longest wait we accept is a minute. */
function retryAfterMs(header: string | undefined): number {
  const seconds = Number(header)
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 60) * 1000 : 0
}
