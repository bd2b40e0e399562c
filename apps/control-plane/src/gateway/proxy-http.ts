import { type ClientRequest, type IncomingMessage, request as startRequest } from "node:http"
import { pipeline, Transform } from "node:stream"
import { isFault } from "@vibecaas/kernel/fault"
import type { Exchange, GatewayParts } from "./exchange.ts"
import { type HeaderList, headersForApp, headersForVisitor } from "./headers.ts"
import { refuse, sayWhyNoApp } from "./refuse.ts"
import type { Watch } from "./warden.ts"

/**
 * Passes one request to the app and its answer back, streaming both ways.
 *
 * Resolves when the exchange is over, whoever ended it.
 */
export async function proxyHttp(parts: GatewayParts, exchange: Exchange): Promise<void> {
  const { request, target } = exchange
  if (Number(request.headers["content-length"] ?? 0) > parts.limits.bodyBytesMax) {
    return refuse(parts, exchange, "too_large")
  }
  const leave = parts.pool.enter(target)
  if (!leave) return refuse(parts, exchange, "busy")
  try {
    await pass(parts, exchange)
  } catch (error) {
    await answerFailure(parts, exchange, error)
  } finally {
    leave()
  }
}

async function pass(parts: GatewayParts, exchange: Exchange): Promise<void> {
  const { request, response } = exchange
  const again = !hasBody(request) && (request.method === "GET" || request.method === "HEAD")
  try {
    await passOnce(parts, exchange)
  } catch (error) {
    // The app may close an idle stream in the moment in which we use it again.
    if (!(again && error instanceof StaleStream) || response.headersSent) throw error
    await passOnce(parts, exchange)
  }
}

class StaleStream extends Error {}
class TooLarge extends Error {}
class TooLate extends Error {}
class VisitorLeft extends Error {}
class NotWelcome extends Error {}

function passOnce(parts: GatewayParts, exchange: Exchange): Promise<void> {
  const { request, response } = exchange
  return new Promise((resolve, reject) => {
    const upstream = startUpstream(parts, exchange)
    const leave = () => end(new VisitorLeft())
    let settled = false
    const end = (error?: Error) => {
      if (settled) return
      settled = true
      watch.close()
      response.off("close", leave)
      request.unpipe()
      if (!error) return resolve()
      upstream.destroy(error)
      reject(upstream.reusedSocket && isReset(error) ? new StaleStream() : error)
    }
    const watch = parts.warden.open(exchange, (why) =>
      end(why === "not welcome" ? new NotWelcome() : new TooLate()),
    )
    response.on("close", leave)
    upstream.on("error", end)
    upstream.on("finish", watch.sent)
    upstream.on("upgrade", (_answer, socket) => {
      socket.destroy()
      end(new Error("the app switched protocols without being asked"))
    })
    upstream.on("response", (answer) => passAnswer(parts, exchange, { answer, watch, end }))
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

function passAnswer(
  parts: GatewayParts,
  { response }: Exchange,
  from: { answer: IncomingMessage; watch: Watch; end(error?: Error): void },
): void {
  const { answer, watch } = from
  watch.answered()
  answer.on("data", watch.heard)
  const headers = headersForVisitor(answer, parts.dashboardOrigin)
  response.writeHead(answer.statusCode ?? 502, headers.flat())
  // A stream of events may be silent for long after its head. A short answer leaves in one piece.
  if (answer.headers["content-length"] === undefined) response.flushHeaders()
  pipeline(answer, response, (error) => from.end(error ?? undefined))
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
  if (error instanceof NotWelcome) return refuse(parts, exchange, "private")
  if (error instanceof TooLarge) return refuse(parts, exchange, "too_large")
  if (error instanceof TooLate) return refuse(parts, exchange, "too_late")
  if (isFault(error)) return sayWhyNoApp(parts, exchange)
  parts.log.debug({ err: error, projectId: target.projectId }, "an app's answer was not usable")
  return refuse(parts, exchange, "bad_answer")
}
