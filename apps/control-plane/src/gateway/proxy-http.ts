import type { IncomingMessage } from "node:http"
import { Transform } from "node:stream"
import { isFault } from "@vibecaas/kernel/fault"
import type { Dispatcher } from "undici"
import type { Exchange, GatewayParts } from "./exchange.ts"
import { type Headers, headersForApp } from "./headers.ts"
import { passAnswer } from "./pass-answer.ts"
import type { Line } from "./pool.ts"
import { refuse, sayWhyNoApp } from "./refuse.ts"

/**
 * Passes one request to the app and its answer back, streaming both ways.
 *
 * Resolves when the exchange is over, whoever ended it.
 */
export async function proxyHttp(parts: GatewayParts, exchange: Exchange): Promise<void> {
  const { request, site } = exchange
  if (Number(request.headers["content-length"] ?? 0) > parts.limits.bodyBytesMax) {
    return refuse(parts, exchange, "too_large")
  }
  const leave = parts.pool.enter(site)
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
  const { request, response, site } = exchange
  const again = !hasBody(request) && (request.method === "GET" || request.method === "HEAD")
  try {
    await passOnce(parts, exchange, parts.pool.take(site))
  } catch (error) {
    // The app may close an idle stream in the moment in which we use it again.
    if (!(again && error instanceof StaleStream) || response.headersSent) throw error
    await passOnce(parts, exchange, parts.pool.take(site, { fresh: true }))
  }
}

class StaleStream extends Error {}
class TooLarge extends Error {}
class TooLate extends Error {}
class VisitorLeft extends Error {}
class NotWelcome extends Error {}

function passOnce(parts: GatewayParts, exchange: Exchange, line: Line): Promise<void> {
  const { request, response } = exchange
  return new Promise((resolve, reject) => {
    const { reused } = line
    let settled = false
    let abort: ((error: Error) => void) | undefined
    const end = (error?: Error) => {
      if (settled) return
      settled = true
      watch.close()
      response.off("close", leave)
      request.unpipe()
      line.reused = error === undefined
      if (error) abort?.(error)
      parts.pool.giveBack(exchange.site, line)
      if (!error) resolve()
      else reject(reused && isReset(error) ? new StaleStream() : error)
    }
    const leave = () => response.writableFinished || end(new VisitorLeft())
    const watch = parts.warden.open(exchange, (why) =>
      end(why === "not welcome" ? new NotWelcome() : new TooLate()),
    )
    response.on("close", leave)
    const answer: Dispatcher.DispatchHandler & { onRequestSent(): void } = {
      ...passAnswer(parts, exchange, { watch, end }),
      onConnect(stop) {
        abort = stop
      },
      onRequestSent: () => watch.sent(),
    }
    line.client.dispatch(
      {
        method: methodOf(request),
        path: request.url ?? "/",
        headers: withLength(request, headersForApp(request, exchange.client)),
        body: bodyOf(parts, request, end),
      },
      answer,
    )
  })
}

/** Undici knows the names of methods; what else Node's parser lets through is passed on as it is. */
const methodOf = (request: IncomingMessage) => (request.method ?? "GET") as "GET"

/** Not the request itself: on failure its socket, on which we still have to answer, would be destroyed. */
function bodyOf(parts: GatewayParts, request: IncomingMessage, end: (error: Error) => void) {
  if (!hasBody(request)) return null
  const counted = cap(parts.limits.bodyBytesMax)
  counted.on("error", end)
  return request.pipe(counted)
}

const hasBody = (request: IncomingMessage) =>
  request.headers["transfer-encoding"] !== undefined ||
  Number(request.headers["content-length"] ?? 0) > 0

/** The body's framing is ours: chunks when it came in chunks, else the length that was checked. */
function withLength(request: IncomingMessage, headers: Headers): Headers {
  if (request.headers["transfer-encoding"] === undefined) return headers
  return headers.filter((_, at) => headers[at & ~1]?.toLowerCase() !== "content-length")
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
  return code === "ECONNRESET" || code === "EPIPE" || code === "UND_ERR_SOCKET"
}

async function answerFailure(
  parts: GatewayParts,
  exchange: Exchange,
  error: unknown,
): Promise<void> {
  const { response, site } = exchange
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  if (error instanceof NotWelcome) return refuse(parts, exchange, "private")
  if (error instanceof TooLarge) return refuse(parts, exchange, "too_large")
  if (error instanceof TooLate) return refuse(parts, exchange, "too_late")
  if (isFault(error)) return sayWhyNoApp(parts, exchange)
  parts.log.debug({ err: error, site: site.ref.id }, "an app's answer was not usable")
  return refuse(parts, exchange, "bad_answer")
}
