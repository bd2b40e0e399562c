import type { ServerResponse } from "node:http"
import type { AnswerHead } from "./answer-reader.ts"
import type { Exchange, GatewayParts } from "./exchange.ts"
import { type Headers, headerOf, headersForVisitor } from "./headers.ts"
import type { Line, LineHeard } from "./line.ts"
import { endOfPage, headersWithEnd } from "./page-end.ts"
import type { Watch } from "./warden.ts"

interface Passing {
  line: Line
  watch: Watch
  end(error?: Error): void
  /** the visit is over, as far as its program's end would break it */
  leaveSite(): void
}

/**
 * Hears an app's answer piece by piece and passes it to the visitor no faster than they read. What
 * came in one piece leaves in one, its length told instead of chunks.
 */
export function passAnswer(parts: GatewayParts, exchange: Exchange, passing: Passing): LineHeard {
  const { response } = exchange
  const { line, watch, end, leaveSite } = passing
  let waiting: AnswerHead | undefined
  let held: Buffer[] = []
  let ending: Buffer | undefined
  const sendHead = (length?: number) => {
    if (waiting)
      response.writeHead(waiting.status, headersOf(parts, exchange, { ...waiting, length }))
    waiting = undefined
  }
  const goOn = () => void line.stream.resume()
  return {
    head(head) {
      watch.answered()
      // Events may go on for hours: nobody waits for their end.
      if (isEvents(head.headers)) leaveSite()
      ending = endOfPage(exchange, head)
      waiting = ending ? { ...head, headers: headersWithEnd(head.headers, ending) } : head
    },
    data(bytes) {
      watch.heard()
      held.push(bytes)
    },
    end() {
      if (ending) held.push(ending)
      const body = held.length === 1 ? held[0] : Buffer.concat(held)
      held = []
      sendHead(waiting?.body === "chunks" ? body?.length : undefined)
      if (body) endWith(response, body)
      end()
    },
    pieceOver() {
      if (response.writableEnded) return
      const isBare = waiting && held.length === 0
      sendHead()
      // A stream of events may be silent for long after its head.
      if (isBare) response.flushHeaders()
      let mayGoOn = true
      for (const bytes of held) mayGoOn = response.write(bytes)
      held = []
      if (mayGoOn) return
      line.stream.pause()
      response.once("drain", goOn)
    },
    fail: end,
  }
}

const isEvents = (headers: Headers) =>
  headerOf(headers, "content-type")?.startsWith("text/event-stream") ?? false

function headersOf(
  { dashboardOrigin }: GatewayParts,
  { request, site }: Exchange,
  { headers, length }: AnswerHead & { length: number | undefined },
): Headers {
  const host = request.headers.host ?? ""
  const shown = headersForVisitor(headers, { dashboardOrigin, host, port: site.port() })
  if (length !== undefined) shown.push("Content-Length", String(length))
  return shown
}

const joinedBytesMax = 16 * 1024

/** Node joins head and body to one write only when both are text: Latin 1 has a character for each byte. */
function endWith(response: ServerResponse, bytes: Buffer): void {
  if (bytes.length > joinedBytesMax) response.end(bytes)
  else response.end(bytes.toString("latin1"), "latin1")
}
