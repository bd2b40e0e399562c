import type { IncomingMessage } from "node:http"
import type { Duplex } from "node:stream"
import { streamLimits } from "@vibecaas/contract/stream"
import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import { type WebSocket, WebSocketServer } from "ws"
import type { Principal } from "../../core/kind.ts"
import type { FindPlace } from "../access.ts"
import { concerns, type Principals, type SessionChange } from "../auth/remembered.ts"
import type { Sessions } from "../auth/sessions.ts"
import { type Credentials, findPrincipal, shownIn } from "../credentials.ts"
import { refuseUpgrade } from "../dispatch.ts"
import type { Feed } from "./feed.ts"
import { openStreamSocket, type StreamSocket } from "./stream-socket.ts"

export interface LiveStreamParts {
  /** origins of the dashboard: no other page may listen with a visitor's cookie */
  origins: readonly string[]
  sessions: Pick<Sessions, "find">
  keys?: Pick<Principals, "find">
  findPlace: FindPlace
  feed: Feed
  clock: Clock
  log: Log
}

/** All live sockets of this process. */
export interface LiveStream {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** asks again who listens and what they may hear */
  recheck(change: SessionChange): void
  close(): Promise<void>
}

/** How often silent sockets are asked whether they live and may still listen, in `ms`. */
const pingMs = 25_000

export function makeLiveStream(parts: LiveStreamParts): LiveStream {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: streamLimits.frameBytesMax,
    perMessageDeflate: false,
    clientTracking: false,
  })
  const open = new Set<StreamSocket>()
  const stop = new AbortController()
  void pingForever(parts.clock, open, stop.signal)

  const welcome = (ws: WebSocket, principal: Principal, shown: Credentials) => {
    const findAgain = () => findPrincipal(parts, shown)
    const stream = openStreamSocket({ ...parts, ws, principal, findAgain })
    open.add(stream)
    ws.once("close", () => open.delete(stream))
    ws.on("error", (error) => parts.log.debug({ err: error }, "a live socket failed"))
  }

  return {
    upgrade(request, socket, head) {
      void admit(parts, open, request).then(
        (admitted) => {
          if (typeof admitted === "string") return refuseUpgrade(socket, admitted)
          if (socket.destroyed || stop.signal.aborted) return socket.destroy()
          server.handleUpgrade(request, socket, head, (ws) =>
            welcome(ws, admitted, shownIn(request.headers)),
          )
        },
        (error: unknown) => {
          parts.log.warn({ err: error }, "a live socket could not be opened")
          refuseUpgrade(socket, "503 Service Unavailable")
        },
      )
    },
    recheck(change) {
      for (const stream of open) if (concerns(change, stream.principal())) stream.recheck()
    },
    async close() {
      stop.abort(new Error("closed"))
      parts.feed.close()
      for (const stream of open) stream.end(1001, "the server stops")
      server.close()
    },
  }
}

/** Answers who may listen, or the status that refuses. */
async function admit(
  parts: LiveStreamParts,
  open: ReadonlySet<StreamSocket>,
  request: IncomingMessage,
): Promise<Principal | string> {
  const shown = shownIn(request.headers)
  const { origin } = request.headers
  // Only programs send keys, and they come from no page; browsers send cookies by themselves.
  const fromPage = "cookie" in shown || origin !== undefined
  if (fromPage && !parts.origins.includes(origin ?? "")) return "403 Forbidden"
  const principal = await findPrincipal(parts, shown)
  if (!principal) return "401 Unauthorized"
  const own = [...open].filter((stream) => stream.principal().userId === principal.userId)
  if (own.length >= streamLimits.socketsPerUserMax) return "429 Too Many Requests"
  return principal
}

async function pingForever(clock: Clock, open: ReadonlySet<StreamSocket>, signal: AbortSignal) {
  while (!signal.aborted) {
    await clock.sleep(pingMs, signal).catch(() => {})
    if (signal.aborted) return
    for (const stream of open) stream.ping()
  }
}
