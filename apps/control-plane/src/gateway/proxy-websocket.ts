import { type IncomingMessage, STATUS_CODES, request as startRequest } from "node:http"
import type { Duplex } from "node:stream"
import { hangUp } from "@vibecaas/kernel/hang-up"
import type { GatewayParts, Visit } from "./exchange.ts"
import { type Headers, headersForApp, headersForVisitor } from "./headers.ts"
import type { Watch } from "./warden.ts"

export interface SocketVisit extends Visit {
  socket: Duplex
  /** bytes that came behind the request */
  head: Buffer
}

/** Passes an upgrade to the app, then bytes both ways until one side ends or may not go on. */
export async function proxyWebSocket(parts: GatewayParts, visit: SocketVisit): Promise<void> {
  const { socket } = visit
  const leave = parts.pool.enter(visit.site)
  if (!leave) return refuseUpgrade(socket, 503)
  const over = new AbortController()
  const watch = parts.warden.open(visit, () => over.abort())
  over.signal.addEventListener("abort", () => socket.destroy(), { once: true })
  socket.once("close", () => {
    over.abort()
    watch.close()
    leave()
  })
  const leaveSite = await visit.site.enter?.()
  try {
    const stream = await parts.pool.connect(visit.site)
    if (over.signal.aborted) stream.destroy()
    else await shake(parts, visit, { stream, watch, signal: over.signal })
  } catch {
    refuseUpgrade(socket, 503)
  } finally {
    leaveSite?.()
  }
}

/** Answers an upgrade that is not granted, and closes. */
export function refuseUpgrade(socket: Duplex, status: 400 | 401 | 404 | 421 | 503): void {
  const retry = status === 503 ? "Retry-After: 2\r\n" : ""
  hangUp(
    socket,
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${retry}Content-Length: 0\r\nConnection: close\r\n\r\n`,
  )
}

interface Open {
  stream: Duplex
  watch: Watch
  signal: AbortSignal
}

function shake(parts: GatewayParts, visit: SocketVisit, open: Open): Promise<void> {
  const { request, client } = visit
  return new Promise((resolve, reject) => {
    const upstream = startRequest({
      createConnection: () => open.stream,
      method: "GET",
      path: request.url,
      maxHeaderSize: parts.limits.answerHeaderBytesMax,
      setHost: false,
      headers: [...headersForApp(request, client), ...upgrade],
    })
    const end = (error: Error) => {
      upstream.destroy()
      open.stream.destroy()
      reject(error)
    }
    open.signal.addEventListener("abort", () => end(new Error("it is over")), { once: true })
    open.watch.sent()
    upstream.on("error", end)
    upstream.on("response", (answer) => {
      open.watch.answered()
      decline(parts, visit, answer)
      resolve()
    })
    upstream.on("upgrade", (answer, stream, head) => {
      open.watch.answered()
      join(parts, visit, { ...open, answer, stream, head })
      resolve()
    })
    upstream.end()
  })
}

/** The app said no: its answer is passed on, then the socket closes. */
function decline(parts: GatewayParts, visit: SocketVisit, answer: IncomingMessage): void {
  const { socket } = visit
  socket.write(answerHead(answer, [...allowed(parts, visit, answer), "Connection", "close"]))
  answer.pipe(socket, { end: false })
  answer.on("end", () => hangUp(socket))
  answer.on("error", () => socket.destroy())
}

function join(
  parts: GatewayParts,
  visit: SocketVisit,
  app: Open & { answer: IncomingMessage; head: Buffer },
): void {
  const { socket, head } = visit
  const { stream, watch } = app
  const close = () => {
    stream.destroy()
    socket.destroy()
  }
  stream.on("error", close)
  stream.on("close", close)
  app.signal.addEventListener("abort", close, { once: true })
  socket.write(answerHead(app.answer, [...allowed(parts, visit, app.answer), ...upgrade]))
  if (app.head.length > 0) socket.write(app.head)
  if (head.length > 0) stream.write(head)
  socket.on("data", watch.heard)
  stream.on("data", watch.heard)
  socket.pipe(stream).pipe(socket)
}

const upgrade = ["Connection", "Upgrade", "Upgrade", "websocket"]

const allowed = (
  { dashboardOrigin }: GatewayParts,
  { request, site }: SocketVisit,
  answer: IncomingMessage,
): Headers => {
  const host = request.headers.host ?? ""
  return headersForVisitor(answer.rawHeaders, { dashboardOrigin, host, port: site.port() })
}

/**
 * Names and values come from Node's parser: there is no line break in them, and each character is
 * one byte as it came.
 */
function answerHead(answer: IncomingMessage, headers: Headers): Buffer {
  const status = answer.statusCode ?? 502
  const lines = headers.map((text, at) => (at % 2 === 0 ? `${text}: ` : `${text}\r\n`))
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n`
  return Buffer.from(head, "latin1")
}
