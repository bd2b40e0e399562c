// Tells open pages that something changed, by server-sent events.

const listenersMax = 500
const beatMs = 20_000

export function createLive() {
  const listeners = new Set()
  const beat = setInterval(() => tellAll(listeners, ": still here\n\n"), beatMs)
  beat.unref()
  return {
    /** Keeps a visitor's answer open and tells it what happens from now on. */
    listen({ request, response }, topic = "") {
      if (listeners.size >= listenersMax) {
        response.writeHead(503, { "Retry-After": "30" }).end()
        return
      }
      response.writeHead(200, {
        "Content-Type": "text/event-stream",
        "Cache-Control": "no-store",
        "X-Accel-Buffering": "no",
      })
      // The first line makes proxies pass on the answer's head.
      response.write("retry: 2000\nevent: hello\ndata: 1\n\n")
      const listener = { response, topic }
      listeners.add(listener)
      request.once("close", () => listeners.delete(listener))
    },
    /** Says that something of a topic changed; pages then read anew what they show. */
    changed(topic = "") {
      const concerned = [...listeners].filter((listener) => listener.topic === topic)
      tellAll(concerned, "event: changed\ndata: 1\n\n")
    },
  }
}

function tellAll(listeners, text) {
  for (const { response } of listeners) response.write(text)
}
