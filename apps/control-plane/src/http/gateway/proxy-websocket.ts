import { type IncomingMessage, STATUS_CODES, request as startRequest } from "node:http"
import type { Duplex } from "node:stream"
import type { GatewayParts, Visit } from "./exchange.ts"
import { type HeaderList, headersForApp, headersForVisitor } from "./headers.ts"
import { endWhenUnwelcome } from "./stay.ts"
import { watchSilence } from "./watch.ts"

export interface SocketVisit extends Visit {
  socket: Duplex
  /** bytes that came behind the request */
  head: Buffer
}

/** Passes an upgrade to the app, then bytes both ways until one side ends or may not go on. */
export async function proxyWebSocket(parts: GatewayParts, visit: SocketVisit): Promise<void> {
  const leave = parts.pool.enter(visit.target)
  if (!leave) return refuseUpgrade(visit.socket, 503)
  const over = new AbortController()
  visit.socket.once("close", () => {
    over.abort()
    leave()
  })
  visit.socket.on("error", () => over.abort())
  try {
    const stream = await parts.pool.connect(visit.target)
    if (over.signal.aborted) stream.destroy()
    else await shake(parts, visit, { stream, signal: over.signal })
  } catch {
    refuseUpgrade(visit.socket, 503)
  }
}

/** Answers an upgrade that is not granted, and closes. */
export function refuseUpgrade(socket: Duplex, status: 400 | 401 | 404 | 421 | 503): void {
  if (socket.destroyed) return
  const retry = status === 503 ? "Retry-After: 2\r\n" : ""
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${retry}Content-Length: 0\r\nConnection: close\r\n\r\n`,
  )
}

interface Open {
  stream: Duplex
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
      headers: [
        ...headersForApp(request, client),
        ["Connection", "Upgrade"],
        ["Upgrade", "websocket"],
      ].flat(),
    })
    const answered = new AbortController()
    const end = (error: Error) => {
      answered.abort()
      upstream.destroy()
      open.stream.destroy()
      reject(error)
    }
    open.signal.addEventListener("abort", () => end(new Error("the visitor left")), { once: true })
    parts.clock
      .sleep(parts.limits.firstByteMs, AbortSignal.any([open.signal, answered.signal]))
      .then(
        () => end(new Error("the app did not answer the upgrade")),
        () => {},
      )
    upstream.on("error", end)
    upstream.on("response", (answer) => {
      answered.abort()
      decline(parts, visit.socket, answer)
      resolve()
    })
    upstream.on("upgrade", (answer, stream, head) => {
      answered.abort()
      join(parts, visit, { answer, stream, head, signal: open.signal })
      resolve()
    })
    upstream.end()
  })
}

/** The app said no: its answer is passed on, then the socket closes. */
function decline(parts: GatewayParts, socket: Duplex, answer: IncomingMessage): void {
  socket.write(answerHead(answer, [...allowed(parts, answer), ["Connection", "close"]]))
  answer.pipe(socket)
  answer.on("error", () => socket.destroy())
}

function join(
  parts: GatewayParts,
  visit: SocketVisit,
  app: { answer: IncomingMessage; stream: Duplex; head: Buffer; signal: AbortSignal },
): void {
  const { socket } = visit
  const { stream } = app
  const close = () => {
    stream.destroy()
    socket.destroy()
  }
  stream.on("error", close)
  stream.on("close", close)
  app.signal.addEventListener("abort", close, { once: true })
  const headers = [
    ...allowed(parts, app.answer),
    ["Connection", "Upgrade"],
    ["Upgrade", "websocket"],
  ]
  socket.write(answerHead(app.answer, headers))
  if (app.head.length > 0) socket.write(app.head)
  if (visit.head.length > 0) stream.write(visit.head)
  guard(parts, visit, { stream, signal: app.signal, close })
  socket.pipe(stream).pipe(socket)
}

function guard(
  parts: GatewayParts,
  visit: SocketVisit,
  app: { stream: Duplex; signal: AbortSignal; close(): void },
): void {
  const silence = watchSilence(parts.clock, {
    ms: parts.limits.silenceMs,
    signal: app.signal,
    late: app.close,
  })
  visit.socket.on("data", silence.touch)
  app.stream.on("data", silence.touch)
  endWhenUnwelcome(parts, visit, { signal: app.signal, end: app.close })
}

const allowed = (parts: GatewayParts, answer: IncomingMessage): HeaderList =>
  headersForVisitor(answer, parts.dashboardOrigin)

/** Names and values come from Node's parser: there is no line break in them. */
function answerHead(answer: IncomingMessage, headers: string[][]): string {
  const status = answer.statusCode ?? 502
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n`
}
