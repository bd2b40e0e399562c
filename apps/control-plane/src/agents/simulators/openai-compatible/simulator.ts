import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { LanguageModelV4, LanguageModelV4StreamPart } from "@ai-sdk/provider"
import type { Clock } from "@vibecaas/kernel/clock"
import { makeChunker, type ReplyHead, wholeReply } from "./chat-reply.ts"
import { type ChatRequest, callOptionsOf, chatRequest } from "./chat-request.ts"
import { makeSentinels, type Sentinel, sentinels, strangeAnswers } from "./sentinels.ts"

export interface SimulatorOptions {
  /** who answers, by the name a request asks for; any name that is not here gets `offline`'s */
  brains: Readonly<Record<string, LanguageModelV4>> & { offline: LanguageModelV4 }
  clock: Clock
  /** refuse requests without this key */
  apiKey?: string
  /** 0 chooses a free one */
  port?: number
  /** how long `slow` keeps a request waiting, in `ms` */
  slowMs?: number
}

export interface Simulator {
  /** ends in `/v1` */
  baseUrl: string
  /** requests to `/v1/chat/completions` so far */
  requests(): number
  close(): Promise<void>
}

interface Parts extends SimulatorOptions {
  sentinelOf: (model: string) => Sentinel | undefined
  count: () => number
}

const bodyBytesMax = 20_000_000

/** A server that speaks OpenAI's chat completions on a real socket of 127.0.0.1. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  let requests = 0
  const parts = { ...options, sentinelOf: makeSentinels(), count: () => ++requests }
  const server = createServer((request, response) => {
    answer(parts, request, response).catch((error: unknown) => {
      // The client went away, or sent what cannot be read: nobody is left to tell.
      response.destroy(error instanceof Error ? error : undefined)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(options.port ?? 0, "127.0.0.1", resolve)
  })
  const address = server.address()
  const port = typeof address === "object" && address ? address.port : 0
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests: () => requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(parts: Parts, request: IncomingMessage, response: ServerResponse) {
  const { apiKey, brains } = parts
  if (apiKey && request.headers.authorization !== `Bearer ${apiKey}`) {
    return fail(response, 401, ["invalid_api_key", "Incorrect API key provided."])
  }
  const route = `${request.method} ${request.url?.split("?")[0]}`
  if (route === "GET /v1/models") {
    const names = [...Object.keys(brains), ...sentinels]
    const data = names.map((id) => ({ id, object: "model", created: 0, owned_by: "simulator" }))
    return json(response, 200, { object: "list", data })
  }
  if (route !== "POST /v1/chat/completions") {
    return fail(response, 404, ["not_found", `There is no ${route}.`])
  }
  const body = chatRequest.safeParse(await readBody(request))
  if (!body.success) return fail(response, 400, ["invalid_request_error", body.error.message])
  await complete(parts, body.data, response)
}

async function complete(parts: Parts, request: ChatRequest, response: ServerResponse) {
  const number = parts.count()
  const sentinel = parts.sentinelOf(request.model)
  if (sentinel === "fail-500")
    return fail(response, 500, ["server_error", "The server had an error."])
  if (sentinel === "rate-limit") {
    response.setHeader("retry-after", "1")
    return fail(response, 429, ["rate_limit_exceeded", "Too many requests."])
  }
  const gone = new AbortController()
  response.on("close", () => gone.abort(new Error("the client went away")))
  if (sentinel === "slow") await parts.clock.sleep(parts.slowMs ?? 60_000, gone.signal)

  const head = {
    id: `chatcmpl-${number}`,
    created: Math.floor(parts.clock.now().getTime() / 1000),
    model: request.model,
  }
  const strange = sentinel && strangeAnswers[sentinel]
  const stream = strange
    ? ReadableStream.from(strange(number))
    : await think(parts, request, gone.signal)
  if (!request.stream) return json(response, 200, wholeReply(head, await all(stream)))
  await sendStream(response, stream, { head, request, breakOff: sentinel === "die-mid-stream" })
}

async function all<T>(stream: ReadableStream<T>): Promise<T[]> {
  const parts: T[] = []
  for await (const part of stream) parts.push(part)
  return parts
}

async function think({ brains }: Parts, request: ChatRequest, signal: AbortSignal) {
  const brain = (Object.hasOwn(brains, request.model) && brains[request.model]) || brains.offline
  const { stream } = await brain.doStream(callOptionsOf(request, signal))
  return stream
}

async function sendStream(
  response: ServerResponse,
  stream: ReadableStream<LanguageModelV4StreamPart>,
  how: { head: ReplyHead; request: ChatRequest; breakOff: boolean },
) {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" })
  const chunksOf = makeChunker(how.head, how.request.stream_options?.include_usage ?? false)
  let sent = 0
  for await (const part of stream) {
    for (const chunk of chunksOf(part)) {
      if (how.breakOff && sent === 2) return response.destroy()
      response.write(`data: ${JSON.stringify(chunk)}\n\n`)
      sent += 1
    }
  }
  if (how.breakOff) return response.destroy()
  response.end("data: [DONE]\n\n")
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > bodyBytesMax) throw new Error("the request is too large")
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    return undefined
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
}

function fail(
  response: ServerResponse,
  status: number,
  [code, message]: [code: string, message: string],
): void {
  json(response, status, { error: { message, type: code, param: null, code } })
}
