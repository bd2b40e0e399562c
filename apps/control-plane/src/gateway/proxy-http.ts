import { isFault } from "@vibecaas/kernel/fault"
import type { Exchange, GatewayParts } from "./exchange.ts"
import { opensFrame } from "./frame.ts"
import { type Line, LineLost } from "./line.ts"
import { notAsked, startOfPage } from "./page-end.ts"
import { passAnswer } from "./pass-answer.ts"
import { refuse, sayWhyNoApp } from "./refuse.ts"
import { hasBody, sendRequest, TooLarge } from "./send-request.ts"

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
  let leaveSite = () => {}
  try {
    if (site.enter) leaveSite = await site.enter()
    // Before the page is asked for: of a start in between its page hears.
    const start = await startOfPage(request, site)
    await pass(parts, { ...exchange, start, framed: opensFrame(request) }, leaveSite)
  } catch (error) {
    await answerFailure(parts, exchange, error)
  } finally {
    leaveSite()
    leave()
  }
}

async function pass(parts: GatewayParts, exchange: Exchange, leaveSite: () => void): Promise<void> {
  const { request, response } = exchange
  const again = !hasBody(request) && (request.method === "GET" || request.method === "HEAD")
  try {
    // The app may close an idle stream in the moment in which we use it again: what may not be sent twice takes none.
    await passOnce(parts, exchange, { fresh: !again, leaveSite })
  } catch (error) {
    if (!(again && error instanceof StaleLine) || response.headersSent) throw error
    await passOnce(parts, exchange, { fresh: true, leaveSite })
  }
}

class StaleLine extends Error {}
class TooLate extends Error {}
class VisitorLeft extends Error {}
class NotWelcome extends Error {}

function passOnce(
  parts: GatewayParts,
  exchange: Exchange,
  how: { fresh: boolean; leaveSite: () => void },
): Promise<void> {
  const { request, response, site } = exchange
  if (response.destroyed) return Promise.reject(new VisitorLeft())
  return new Promise((resolve, reject) => {
    let line: Line | undefined
    let over = false
    let isSent = false
    let stopSending = () => {}
    const end = (error?: Error) => {
      if (over) return
      over = true
      watch.close()
      response.off("close", leave)
      stopSending()
      // An app may answer before it has read everything: what is left would begin its next request.
      if (error || !isSent) line?.destroy()
      if (line) parts.pool.giveBack(site, line)
      if (!error) resolve()
      else reject(error instanceof LineLost && line?.reused ? new StaleLine() : error)
    }
    const leave = () => response.writableFinished || end(new VisitorLeft())
    const watch = parts.warden.open(exchange, (why) =>
      end(why === "not welcome" ? new NotWelcome() : new TooLate()),
    )
    response.on("close", leave)
    const begin = (taken: Line) => {
      if (over) return parts.pool.giveBack(site, taken)
      line = taken
      const { leaveSite } = how
      const answer = passAnswer(parts, exchange, { line, watch, end, leaveSite })
      taken.hear(request.method ?? "GET", answer)
      stopSending = sendRequest(request, taken.stream, {
        client: exchange.client,
        without: exchange.start === undefined && !exchange.framed ? undefined : notAsked,
        bodyBytesMax: parts.limits.bodyBytesMax,
        fail: end,
        sent() {
          isSent = true
          watch.sent()
        },
      })
    }
    parts.pool.take(site, how).then(begin).catch(end)
  })
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
