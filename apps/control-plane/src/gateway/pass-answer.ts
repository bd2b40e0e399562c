import type { ServerResponse } from "node:http"
import type { Dispatcher } from "undici"
import type { Exchange, GatewayParts } from "./exchange.ts"
import { headerOf, headersForVisitor } from "./headers.ts"
import type { Watch } from "./warden.ts"

/** Hears an app's answer piece by piece and passes it to the visitor no faster than they read. */
export function passAnswer(
  parts: GatewayParts,
  exchange: Exchange,
  { watch, end }: { watch: Watch; end(error?: Error): void },
): Dispatcher.DispatchHandler {
  const { request, response, site } = exchange
  let goOn = () => {}
  let left: number | undefined
  return {
    onHeaders(status, heard, resume) {
      // What an app says before its answer is between us and the app.
      if (status < 200) return true
      watch.answered()
      goOn = resume
      const raw = heard.map((bytes) => bytes.toString("latin1"))
      const { dashboardOrigin } = parts
      const host = request.headers.host ?? ""
      const length = headerOf(raw, "content-length")
      if (request.method !== "HEAD" && length !== undefined) left = Number(length)
      response.writeHead(
        status,
        headersForVisitor(raw, { dashboardOrigin, host, port: site.port() }),
      )
      // A stream of events may be silent for long after its head. A short answer leaves in one piece.
      if (length === undefined) response.flushHeaders()
      return true
    },
    onData(bytes) {
      watch.heard()
      if (left !== undefined) left -= bytes.length
      if (left === 0) {
        endWith(response, bytes)
        return true
      }
      if (response.write(bytes)) return true
      response.once("drain", goOn)
      return false
    },
    onComplete() {
      if (!response.writableEnded) response.end()
      end()
    },
    onUpgrade(_status, _headers, socket) {
      socket.destroy()
      end(new Error("the app switched protocols without being asked"))
    },
    onError: (error) => end(error),
  }
}

const joinedBytesMax = 16 * 1024

/** Node joins head and body to one write only when both are text: Latin 1 has a character for each byte. */
function endWith(response: ServerResponse, bytes: Buffer): void {
  if (bytes.length > joinedBytesMax) response.end(bytes)
  else response.end(bytes.toString("latin1"), "latin1")
}
