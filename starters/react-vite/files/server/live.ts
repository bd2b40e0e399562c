// Tells open pages that something changed, by server-sent events.
import type { IncomingMessage, ServerResponse } from "node:http"

const listenersMax = 500
const beatMs = 20_000

export function createLive() {
  const listeners = new Set<ServerResponse>()
  const tellAll = (text: string) => {
    for (const response of listeners) response.write(text)
  }
  setInterval(() => tellAll(": still here\n\n"), beatMs).unref()
  return {
    /** Keeps a page's request open. */
    listen(request: IncomingMessage, response: ServerResponse): void {
      if (listeners.size >= listenersMax) {
        response.writeHead(503, { "Retry-After": "30" }).end()
        return
      }
      response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" })
      // The first line makes proxies pass on the answer's head.
      response.write("retry: 2000\nevent: hello\ndata: 1\n\n")
      listeners.add(response)
      request.once("close", () => listeners.delete(response))
    },
    /** Open pages then read anew what they show. */
    changed: () => tellAll("event: changed\ndata: 1\n\n"),
  }
}
