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
  /** the server is away or has too much to do, which passes by itself */
  patient?: boolean
  /** what was asked for is more than the model can take in, or write */
  limit?: "context" | "output"
}

const final = { retryable: false, waitMs: 0 }
const passing = { retryable: true, patient: true, waitMs: 0 }

/** Translates what a provider's client threw. Says nothing of what was sent: a key could be in it. */
export function readModelFailure(error: unknown, now: Date): ModelFailure {
  if (isFault(error)) return { say: error.say, retryable: error.retryable, waitMs: 0 }
  if (APICallError.isInstance(error)) return refusedRequest(error, now)
  const what = messageOf(error)
  if (busyWords.test(what)) return { ...passing, say: `The model's server is busy: ${what}` }
  return { ...final, say: `The model's answer could not be read: ${what}`, retryable: true }
}

/** What servers write into a stream, or into an error, when they have too much to do. */
const busyWords =
  /overloaded|rate.?limit|too many requests|temporarily unavailable|try again later/i

function refusedRequest(error: APICallError, now: Date): ModelFailure {
  const status = error.statusCode
  const waitMs = retryAfterMs(error, now)
  if (status === undefined) return unreached(error)
  if (status === 401 || status === 403) {
    return { ...final, say: `The model's server refused the key (${status}).` }
  }
  if (
    status === 402 ||
    /insufficient_quota|credit balance|billing/i.test(error.responseBody ?? "")
  ) {
    return { ...final, say: `The account at the model's server has nothing left (${status}).` }
  }
  if (status === 429) {
    return { ...passing, say: "The model's server has too many requests (429).", waitMs }
  }
  const say = `The model's server answered ${status}: ${brief(error.message, messageCharsMax)}`
  if (status >= 500) return { ...passing, say, waitMs }
  const limit = status === 400 || status === 413 ? exceededLimit(error) : undefined
  return { say, retryable: error.isRetryable, waitMs, ...(limit ? { limit } : {}) }
}

/** What a connection failed for, by the codes of Node. */
function unreached({ cause }: APICallError): ModelFailure {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : ""
  const cannot = "The model's server cannot be reached"
  if (/CERT|SIGNATURE|TLS/.test(code)) {
    const trust = "Name its authority's file by NODE_EXTRA_CA_CERTS"
    return { ...final, say: `${cannot}: its certificate is not trusted (${code}). ${trust}.` }
  }
  const why = reasons[code] ?? (code && `it failed with ${code}`)
  return { ...passing, say: why ? `${cannot}: ${why}.` : `${cannot}.` }
}

const reasons: Record<string, string> = {
  ENOTFOUND: "there is no host of that name, as far as this computer knows",
  EAI_AGAIN: "names cannot be looked up right now",
  ECONNREFUSED: "nothing listens at its address",
  ECONNRESET: "it broke the connection off",
}

/** Which limit a refused request went over, as far as the words of the many servers tell. */
function exceededLimit({ message, responseBody = "" }: APICallError): ModelFailure["limit"] {
  const words = `${message} ${responseBody}`
  const output =
    /max_?(completion_?|output_?)?tokens\b.{0,60}(too large|at most|exceed|greater|above|less than|range|>)/i
  if (output.test(words)) return "output"
  const context =
    /context.{0,12}(length|window|size)|(prompt|input|request).{0,30}(too (long|large)|exceed)|too many (input )?tokens|maximum number of tokens/i
  return context.test(words) ? "context" : undefined
}

const messageCharsMax = 300

function messageOf(error: unknown): string {
  if (error instanceof Error) return brief(error.message, messageCharsMax)
  return brief(typeof error === "string" ? error : (JSON.stringify(error) ?? ""), messageCharsMax)
}

/** `retry-after-ms`, or `retry-after` in seconds or as a date; Google has it in the body, as `"26s"`. */
function retryAfterMs(
  { responseHeaders = {}, responseBody = "" }: APICallError,
  now: Date,
): number {
  const ms = Number(responseHeaders["retry-after-ms"])
  const inBody = /"retryDelay":\s*"([\d.]+)s"/.exec(responseBody)?.[1]
  const after = responseHeaders["retry-after"] ?? inBody ?? ""
  const told = ms > 0 ? ms : Number(after) * 1000 || Date.parse(after) - now.getTime()
  return Math.max(0, told || 0)
}
