import { type ClientRequest, type IncomingMessage, request as startRequest } from "node:http"
import { pipeline, Transform } from "node:stream"
import { isFault } from "@vibecaas/kernel/fault"
import type { Exchange, GatewayParts } from "./exchange.ts"
import { type HeaderList, headersForApp, headersForVisitor } from "./headers.ts"
import { refuse, sayWhyNoApp } from "./refuse.ts"
import { endWhenUnwelcome } from "./stay.ts"
import { watchSilence } from "./watch.ts"

/**
 * Passes one request to the app and its answer back, streaming both ways.
 *
 * Resolves when the exchange is over, whoever ended it.
 */
export async function proxyHttp(parts: GatewayParts, exchange: Exchange): Promise<void> {
  const { request, response, target } = exchange
  if (Number(request.headers["content-length"] ?? 0) > parts.limits.bodyBytesMax) {
    return refuse(parts, exchange, "too_large")
  }
  const leave = parts.pool.enter(target)
  if (!leave) return refuse(parts, exchange, "busy")
  const over = new AbortController()
  response.once("close", () => over.abort())
  try {
    await pass(parts, exchange, over.signal)
  } catch (error) {
    await answerFailure(parts, exchange, error)
  } finally {
    leave()
    over.abort()
  }
}

async function pass(parts: GatewayParts, exchange: Exchange, signal: AbortSignal): Promise<void> {
  const { request } = exchange
  const again = !hasBody(request) && (request.method === "GET" || request.method === "HEAD")
  try {
    await passOnce(parts, exchange, signal)
  } catch (error) {
    // The app may close an idle stream in the moment in which we use it again.
    if (!(again && error instanceof StaleStream) || exchange.response.headersSent) throw error
    await passOnce(parts, exchange, signal)
  }
}

class StaleStream extends Error {}
class TooLarge extends Error {}
class TooLate extends Error {}

function passOnce(parts: GatewayParts, exchange: Exchange, signal: AbortSignal): Promise<void> {
  const { request, response } = exchange
  return new Promise((resolve, reject) => {
    const upstream = startUpstream(parts, exchange)
    const answered = new AbortController()
    let settled = false
    const end = (error?: Error) => {
      if (settled) return
      settled = true
      answered.abort()
      request.unpipe()
      if (!error) return resolve()
      upstream.destroy(error)
      reject(upstream.reusedSocket && isReset(error) ? new StaleStream() : error)
    }
    signal.addEventListener("abort", () => end(new Error("the visitor left")), { once: true })
    upstream.on("error", end)
    upstream.on("finish", () => {
      const waiting = AbortSignal.any([signal, answered.signal])
      parts.clock.sleep(parts.limits.firstByteMs, waiting).then(
        () => end(new TooLate()),
        () => {},
      )
    })
    upstream.on("upgrade", (_answer, socket) => {
      socket.destroy()
      end(new Error("the app switched protocols without being asked"))
    })
    upstream.on("response", (answer) => {
      answered.abort()
      guard(parts, exchange, { answer, signal, end })
      response.writeHead(answer.statusCode ?? 502, allowed(parts, answer).flat())
      response.flushHeaders()
      pipeline(answer, response, (error) => end(error ?? undefined))
    })
    sendBody(parts, request, { upstream, end })
  })
}

const startUpstream = (parts: GatewayParts, { request, target, client }: Exchange) =>
  startRequest({
    agent: parts.pool.agentOf(target),
    method: request.method,
    path: request.url,
    maxHeaderSize: parts.limits.answerHeaderBytesMax,
    setHost: false,
    headers: withLength(request, headersForApp(request, client)).flat(),
  })

/** Not by `pipeline`, which on failure would destroy the socket on which we still have to answer. */
function sendBody(
  parts: GatewayParts,
  request: IncomingMessage,
  to: { upstream: ClientRequest; end(error: Error): void },
): void {
  if (!hasBody(request)) {
    to.upstream.end()
    return
  }
  const counted = cap(parts.limits.bodyBytesMax)
  counted.on("error", to.end)
  request.pipe(counted).pipe(to.upstream)
}

const allowed = (parts: GatewayParts, answer: IncomingMessage) =>
  headersForVisitor(answer, parts.dashboardOrigin)

/** Ends a silent exchange, and one whose visitor may not look any more. */
function guard(
  parts: GatewayParts,
  exchange: Exchange,
  options: { answer: IncomingMessage; signal: AbortSignal; end(error: Error): void },
): void {
  const silence = watchSilence(parts.clock, {
    ms: parts.limits.silenceMs,
    signal: options.signal,
    late: () => options.end(new TooLate()),
  })
  options.answer.on("data", silence.touch)
  endWhenUnwelcome(parts, exchange, {
    signal: options.signal,
    end: () => options.end(new Error("the visitor may not see the preview any more")),
  })
}

const hasBody = (request: IncomingMessage) =>
  request.headers["transfer-encoding"] !== undefined ||
  Number(request.headers["content-length"] ?? 0) > 0

/** The body's framing is ours: chunks when it came in chunks, else the length that was checked. */
function withLength(request: IncomingMessage, headers: HeaderList): HeaderList {
  if (request.headers["transfer-encoding"] !== undefined) {
    const kept = headers.filter(([name]) => name.toLowerCase() !== "content-length")
    return [...kept, ["Transfer-Encoding", "chunked"]]
  }
  const expectsBody = ["POST", "PUT", "PATCH"].includes(request.method ?? "")
  if (!expectsBody || request.headers["content-length"] !== undefined) return headers
  return [...headers, ["Content-Length", "0"]]
}

function cap(bytesMax: number): Transform {
  let seen = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length
      if (seen > bytesMax) done(new TooLarge())
      else done(null, chunk)
    },
  })
}

function isReset(error: Error): boolean {
  const code = "code" in error ? error.code : undefined
  return code === "ECONNRESET" || code === "EPIPE" || code === "ERR_STREAM_PREMATURE_CLOSE"
}

async function answerFailure(
  parts: GatewayParts,
  exchange: Exchange,
  error: unknown,
): Promise<void> {
  const { response, target } = exchange
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  if (error instanceof TooLarge) return refuse(parts, exchange, "too_large")
  if (error instanceof TooLate) return refuse(parts, exchange, "too_late")
  if (isFault(error)) return sayWhyNoApp(parts, exchange)
  parts.log.debug({ err: error, projectId: target.projectId }, "an app's answer was not usable")
  return refuse(parts, exchange, "bad_answer")
}
