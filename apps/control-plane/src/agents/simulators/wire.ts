import type { IncomingHttpHeaders } from "node:http"
import type { LanguageModelV4CallOptions } from "@ai-sdk/provider"
import type { RecordedAnswer } from "../work/recorded-answer.ts"

/** How one maker's servers speak: what they read, write and refuse, as its documentation has it. */
export interface Wire {
  /** its version's folder, where base addresses end */
  base: string
  /** the path of a request below the base address; `model` is in it, or in the body */
  path: RegExp
  keyOf: (headers: IncomingHttpHeaders) => string | undefined
  /**
   * The request as a model behind the AI SDK's interface gets it.
   *
   * @throws Refused, or what the schema found wrong
   */
  read: (body: unknown) => Pick<LanguageModelV4CallOptions, "prompt" | "tools">
  /** the events of an answer */
  write: (answer: RecordedAnswer, head: ReplyHead) => object[]
  frame: (event: object) => string
  /** what follows the last event */
  end?: string
  /** the body of a refusal, which may say after how many seconds it passes */
  error: (status: number, message: string, retrySeconds?: number) => object
  /** that time is in the body only, not in `retry-after` */
  retryInBody?: true
  /** what is sent while there is nothing to say; a comment when absent */
  keepAlive?: string
  /** what is written into a stream that fails */
  brokenBy: (message: string) => object
  /** the status of a wrong key; 401 when absent */
  wrongKey?: number
  /** its words for a request that is longer than its models take */
  tooLong: string
  /** its words for a limit of the answer that is higher than its models have */
  tooMuch: string
}

/** What stays the same in all events of one answer. */
export interface ReplyHead {
  /** counts the requests */
  number: number
  /** seconds since 1970 */
  created: number
  model: string
}

export const dataLine = (event: object) => `data: ${JSON.stringify(event)}\n\n`

/** Makers that name their events do so by each event's `type`. */
export const namedEvent = (event: object) =>
  `event: ${"type" in event ? String(event.type) : "message"}\n${dataLine(event)}`

/** A text as the pieces in which servers send it, never within a character. */
export const piecesOf = (text: string): string[] => text.match(/[\s\S]{1,24}/gu) ?? []

/** A refusal as OpenAI's servers word it, and those that speak like them. */
export const openaiError = (status: number, message: string) => ({
  error: {
    ...{ message, type: status < 500 ? "invalid_request_error" : "server_error" },
    ...{ param: null, code: null },
  },
})

export const bearer = ({ authorization = "" }: IncomingHttpHeaders) =>
  authorization.replace(/^Bearer /, "")

export function tokensOf({ usage: { inputTokens, outputTokens } }: RecordedAnswer) {
  const { total: output = 0, reasoning = 0 } = outputTokens
  return { input: inputTokens.total ?? 0, cached: inputTokens.cacheRead ?? 0, output, reasoning }
}
