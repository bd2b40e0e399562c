import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { createServer, type IncomingMessage } from "node:http"
import type { Socket } from "node:net"
import type { Duplex } from "node:stream"
import type { NetworkParts } from "../network-parts.ts"
import { connectPinned, Refused } from "./pin.ts"

/** A way out for one program of the platform: a proxy on loopback that leads to one host and port. */
export interface Way {
  /** with the password by which only that program gets through */
  proxy: string
  /** certificates that the host is trusted by, instead of the well-known ones */
  ca: string | undefined
  /** bytes that came in so far */
  received(): number
  /** why something was refused, as a sentence */
  refusal(): string | undefined
  close(): Promise<void>
}

export interface WayTo {
  host: string
  port: number
  /** bytes that may come in */
  bytesMax: number
  signal: AbortSignal
}

/**
 * Opens a way by the rules that hold for apps: the host is looked up once, every address that it leads to must
 * be public and none of the platform's, and the connection goes to one of those.
 */
export async function openWay(parts: NetworkParts, to: WayTo): Promise<Way> {
  const password = randomBytes(24).toString("hex")
  const state = { received: 0, refusal: undefined as string | undefined }
  const open = new Set<Duplex>()
  const server = createServer((_, response) => void response.writeHead(405).end())
  server.on("connect", (request: IncomingMessage, client: Duplex) => {
    open.add(client)
    client.on("error", () => {}).once("close", () => open.delete(client))
    carry(parts, { to, state, open, password }, { request, client }).catch((error) => {
      state.refusal ??= error instanceof Refused ? error.message : "The connection broke off."
      if (!client.destroyed) client.end("HTTP/1.1 403 Refused\r\nconnection: close\r\n\r\n")
    })
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  const port = typeof address === "object" && address ? address.port : 0
  return {
    proxy: `http://platform:${password}@127.0.0.1:${port}`,
    ca: parts.ca,
    received: () => state.received,
    refusal: () => state.refusal,
    async close() {
      for (const each of open) each.destroy()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

async function carry(
  parts: NetworkParts,
  way: {
    to: WayTo
    state: { received: number; refusal: string | undefined }
    open: Set<Duplex>
    password: string
  },
  { request, client }: { request: IncomingMessage; client: Duplex },
): Promise<void> {
  const { to, state, open } = way
  const shown = Buffer.from(`platform:${way.password}`).toString("base64")
  const { "proxy-authorization": given } = request.headers
  if (given === undefined) {
    // Programs ask first and show the password when they are asked for it.
    return void client.end(
      'HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm="way"\r\ncontent-length: 0\r\nconnection: close\r\n\r\n',
    )
  }
  if (given !== `Basic ${shown}` || request.url !== `${to.host}:${to.port}`)
    throw new Refused(`This way leads to ${to.host} alone.`)
  const upstream: Socket = await connectPinned(parts, to)
  open.add(upstream)
  const end = () => {
    upstream.destroy()
    client.destroy()
    open.delete(upstream)
  }
  upstream.setTimeout(parts.limits.idleMs, end)
  upstream.on("data", ({ length }: Buffer) => {
    state.received += length
    if (state.received <= to.bytesMax) return
    state.refusal = `It is larger than ${Math.floor(to.bytesMax / 1024 / 1024)} MiB.`
    end()
  })
  upstream.once("close", end).once("error", end)
  client.once("close", end)
  client.write("HTTP/1.1 200 Connection Established\r\n\r\n")
  client.pipe(upstream)
  upstream.pipe(client)
}
