import { randomBytes } from "node:crypto"
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http"
import type { Duplex } from "node:stream"

/**
 * The only way out of the browser: an HTTP proxy that knows hosts which stand for an app each, while
 * somebody looks at it, and refuses every other host and port.
 */
export interface AppProxy {
  /** Makes an app reachable at a host that nobody can guess. */
  open(connect: () => Promise<Duplex>): { host: string; end(): void }
  /** @param path of the socket at which it listens */
  listen(path: string): Promise<void>
  close(): void
}

interface App {
  connect(): Promise<Duplex>
  open: Set<Duplex>
}

/** connections of one page at a time */
const connectionsMax = 64

export function makeAppProxy(): AppProxy {
  const apps = new Map<string, App>()
  const server = createServer((incoming, answer) => {
    const url = URL.parse(incoming.url ?? "")
    const app = url?.protocol === "http:" && url.port === "" ? apps.get(url.hostname) : undefined
    if (!app || !url) return void answer.writeHead(403).end("Only the app itself can be reached.")
    void pass(app, { url, incoming, answer })
  })
  // WebSockets ask for a tunnel, as everything under https does.
  server.on("connect", (incoming: IncomingMessage, near: Duplex, head: Buffer) => {
    near.on("error", () => near.destroy())
    const [host = "", port] = (incoming.url ?? "").split(":")
    const app = port === "80" ? apps.get(host) : undefined
    if (app) void splice(app, near, head)
    else near.end("HTTP/1.1 403 Forbidden\r\n\r\n")
  })
  return {
    open(connect) {
      const host = `${randomBytes(12).toString("hex")}.localhost`
      const app: App = { connect, open: new Set() }
      apps.set(host, app)
      return {
        host,
        end() {
          apps.delete(host)
          for (const stream of app.open) stream.destroy()
        },
      }
    },
    listen: (path) =>
      new Promise((resolve, reject) => {
        server.once("error", reject)
        server.listen(path, resolve)
      }),
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** A stream to the app that ends with the look; undefined when there is none to be had. */
async function streamTo(app: App): Promise<Duplex | undefined> {
  if (app.open.size >= connectionsMax) return undefined
  const stream = await app.connect().catch(() => undefined)
  if (!stream) return undefined
  app.open.add(stream)
  stream.once("close", () => app.open.delete(stream))
  stream.on("error", () => stream.destroy())
  return stream
}

interface Exchange {
  url: URL
  incoming: IncomingMessage
  answer: ServerResponse
}

const hopByHop = /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/i

async function pass(app: App, { url, incoming, answer }: Exchange): Promise<void> {
  const stream = await streamTo(app)
  if (!stream) return void answer.writeHead(502).end("The app does not accept connections.")
  answer.once("close", () => stream.destroy())
  const outgoing = request({
    ...{ createConnection: () => stream, method: incoming.method, path: url.pathname + url.search },
    headers: [...endToEnd(incoming.rawHeaders), "Connection", "close"],
  })
  outgoing.once("response", (came) => {
    answer.writeHead(came.statusCode ?? 502, endToEnd(came.rawHeaders))
    // Streams of events are to be heard before they end.
    answer.flushHeaders()
    came.once("error", () => answer.destroy())
    came.pipe(answer)
  })
  outgoing.on("error", () => {
    if (answer.headersSent) answer.destroy()
    else answer.writeHead(502).end("The app broke off.")
  })
  incoming.pipe(outgoing)
}

function endToEnd(raw: readonly string[]): string[] {
  const kept: string[] = []
  for (let at = 0; at < raw.length; at += 2) {
    if (!hopByHop.test(raw[at] ?? "")) kept.push(raw[at] ?? "", raw[at + 1] ?? "")
  }
  return kept
}

async function splice(app: App, near: Duplex, head: Buffer): Promise<void> {
  const far = await streamTo(app)
  if (!far) return void near.end("HTTP/1.1 502 Bad Gateway\r\n\r\n")
  near.once("close", () => far.destroy())
  far.once("close", () => near.destroy())
  near.write("HTTP/1.1 200 Connection Established\r\n\r\n")
  if (head.length > 0) far.write(head)
  near.pipe(far).pipe(near)
}
