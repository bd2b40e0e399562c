import type { IncomingMessage, ServerResponse } from "node:http"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { isFault } from "@vibecaas/kernel/fault"
import { bestEffort } from "@vibecaas/kernel/log"
import { actAsPlatform } from "../../core/resource.ts"
import type { AppModel, UsedTokens } from "../app-models.ts"
import { aliasIn, chosenModels, lineFor } from "../models-of.ts"
import { lockAi } from "../queries.ts"
import { beginCall, type SpentCall, settleCall } from "../spend.ts"
import { ApiError } from "../wire/api-error.ts"
import { type ChatRequest, readRequest } from "../wire/read-request.ts"
import {
  type AnswerHead,
  completionOf,
  eventOf,
  eventsOf,
  type Piece,
} from "../wire/write-answer.ts"
import { type Answer, ask } from "./ask.ts"
import type { AtDoor } from "./at-door.ts"
import { readBody } from "./read-body.ts"
import { send } from "./send.ts"

/** Answers one chat completion. Nothing of what is said in it is written down. */
export async function complete(
  parts: AtDoor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await needRate(parts)
  const body = await readBody(request, parts.limits.bodyBytesMax)
  const asked = bounded(parts, readRequest(body))
  const begun = await begin(parts, asked, body.length)
  const count = counting(begun.guess)
  try {
    const abortSignal = AbortSignal.any([
      whenGone(response),
      AbortSignal.timeout(parts.limits.callMsMax),
    ])
    const options = { ...asked.options, abortSignal }
    const answer = await ask(begun.line, options, begun.guess).catch((error) => {
      // What read the question is used, whether anybody waits for the answer or not.
      if (abortSignal.aborted) count.by = begun.line[0]
      throw failureOf(parts, error)
    })
    count.by = answer.by
    const pieces = counted(answer, count)
    await write(parts, { asked, by: answer.by, call: begun.call, pieces }, response)
  } finally {
    await settle(parts, begun.call, count)
  }
}

/** @throws ApiError 429 */
async function needRate({ limiter, limits, machine }: AtDoor): Promise<void> {
  const limit = { max: limits.perMinuteMax, windowSeconds: 60 }
  const { allowed, resetSeconds } = await limiter.take(`ai:${machine.projectId}`, limit)
  if (allowed) return
  const say = `The app asks more than ${limits.perMinuteMax} times a minute, which is the most it may.`
  throw new ApiError(429, say, { code: "rate_limit_exceeded", again: resetSeconds })
}

/** An answer without a limit of its length has the usual one. */
function bounded({ limits }: AtDoor, asked: ChatRequest): ChatRequest {
  const { usual, max } = limits.outputTokens
  const maxOutputTokens = Math.min(asked.options.maxOutputTokens ?? usual, max)
  return { ...asked, options: { ...asked.options, maxOutputTokens } }
}

interface Begun {
  call: SpentCall
  line: readonly [AppModel, ...AppModel[]]
  /** what is used where nobody tells, by the characters that were said */
  guess(said: number): UsedTokens
}

/** Sets aside the most that the dearest of those who may answer takes. @throws ApiError */
function begin(parts: AtDoor, asked: ChatRequest, characters: number): Promise<Begun> {
  const { machine, models } = parts
  const alias = aliasIn(asked.model)
  const { maxOutputTokens: outputMax = 0 } = asked.options
  const guess = (said: number) => usedFor(characters, estimated(said))
  return actAsPlatform(parts, machine, async (ctx) => {
    const row = await lockAi(ctx.db, machine.projectId)
    if (!row?.enabled) throw new ApiError(403, "AI was turned off for this app.", { code: "off" })
    const line = lineFor(models, await chosenModels(ctx), alias)
    const most = usedFor(characters, outputMax)
    const wanted = {
      tokens: most.input + most.output,
      cost: Math.max(...line.map((each) => each.costOf(most) ?? 0)),
    }
    const simulated = line.every(({ info }) => info.simulated)
    const call = { id: ctx.newId("aic"), machine, simulated }
    await beginCall(ctx, parts, { row, call, wanted })
    return { call, line, guess }
  })
}

const estimated = (characters: number) => Math.ceil(characters / 3)
const usedFor = (characters: number, output: number): UsedTokens => ({
  ...{ input: estimated(characters), cacheRead: 0, cacheWrite: 0, output },
})

interface Counting {
  by: AppModel | undefined
  used: UsedTokens
}

/** Until a model tells, what was said so far is what was used. */
function counting(guess: Begun["guess"]): Counting & { said(characters: number): void } {
  let said = 0
  const count: Counting & { said(characters: number): void } = {
    by: undefined,
    used: guess(0),
    said(characters) {
      said += characters
      count.used = guess(said)
    },
  }
  return count
}

async function* counted(
  { pieces }: Answer,
  count: ReturnType<typeof counting>,
): AsyncGenerator<Piece> {
  for await (const piece of pieces) {
    if ("text" in piece) count.said(piece.text.length)
    if ("arguments" in piece) count.said(piece.arguments.text.length)
    if ("end" in piece) count.used = piece.end.used
    yield piece
  }
}

/** A call that nobody answered used nothing. */
async function settle(parts: AtDoor, call: SpentCall, { by, used }: Counting): Promise<void> {
  const nothing = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0 }
  const spent = by ? { used, cost: by.costOf(used) } : { used: nothing, cost: 0 }
  const simulated = by?.info.simulated ?? call.simulated
  await bestEffort(parts.log, "settle what an app's call used", () =>
    actAsPlatform(parts, call.machine, (ctx) =>
      settleCall(ctx, parts, { call: { ...call, simulated }, ...spent }),
    ),
  )
}

async function write(
  parts: AtDoor,
  {
    asked,
    by,
    call,
    pieces,
  }: {
    asked: ChatRequest
    by: AppModel
    call: SpentCall
    pieces: AsyncGenerator<Piece>
  },
  response: ServerResponse,
): Promise<void> {
  const { simulated, model } = by.info
  const created = Math.floor(parts.clock.now().getTime() / 1000)
  const head: AnswerHead = { id: `chatcmpl-${call.id}`, created, model, simulated }
  const told = { "x-vibecaas-model": asked.model, "x-vibecaas-simulated": String(simulated) }
  if (!asked.stream) {
    const body = await completionOf(pieces, head).catch((error) => {
      throw failureOf(parts, error)
    })
    return send(response, { status: 200, body, headers: told })
  }
  response.writeHead(200, {
    ...told,
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache",
  })
  const events = withFailure(parts, eventsOf(pieces, head, asked))
  await pipeline(Readable.from(events), response).catch((error) => {
    // The app went away: nobody is left to tell.
    if (!response.destroyed) throw error
  })
}

/** A stream that breaks off says why. */
async function* withFailure(parts: AtDoor, events: AsyncGenerator<string>) {
  try {
    yield* events
  } catch (error) {
    yield eventOf(failureOf(parts, error).body)
  }
}

function whenGone(response: ServerResponse): AbortSignal {
  const gone = new AbortController()
  response.once("close", () => gone.abort(new Error("the app went away")))
  return gone.signal
}

function failureOf({ models, limits }: AtDoor, error: unknown): ApiError {
  if (error instanceof DOMException && error.name === "TimeoutError") {
    const say = `The model did not answer within ${limits.callMsMax / 1000} s.`
    return new ApiError(504, say, { code: "timeout" })
  }
  const { say, retryable } = isFault(error) ? error : models.failure(error)
  return new ApiError(retryable ? 503 : 502, say, {
    code: "model_failed",
    ...(retryable ? {} : { again: false as const }),
  })
}
