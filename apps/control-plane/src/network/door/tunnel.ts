import type { IncomingMessage } from "node:http"
import type { Socket } from "node:net"
import type { Duplex } from "node:stream"
import type { LiveMachine } from "../../machines/index.ts"
import type { NetworkParts } from "../network-parts.ts"
import { ruleFor } from "../rule.ts"
import type { Connection, Connections } from "./connections.ts"
import { connectPinned, Refused } from "./pin.ts"

export interface AtDoor extends NetworkParts {
  machine: LiveMachine
  connections: Connections
}

/** A name with a dot, without a user, in brackets or as an address nothing; and a port. */
const target = /^(?<host>[a-zA-Z0-9.-]{1,253}):(?<port>[1-9][0-9]{0,4})$/

/** Carries a connection to a host that a rule names; what it says is between the two. */
export async function tunnel(
  parts: AtDoor,
  { url = "" }: IncomingMessage,
  client: Duplex,
): Promise<void> {
  client.on("error", () => {})
  const { host: named = "", port: digits = "0" } = target.exec(url)?.groups ?? {}
  const to = { host: named.toLowerCase().replace(/\.$/, ""), port: Number(digits) }
  try {
    await parts.connections.admit(parts.machine)
    const rule = ruleFor(await parts.connections.rulesOf(parts.machine), to.host, to.port)
    if (!rule) throw new Refused(notAllowed(to))
    const connection = parts.connections.open(parts.machine, to, rule)
    try {
      await carry(parts, connection, client)
      client.destroy()
    } finally {
      await parts.connections.close(connection)
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    refuse(client, error)
    await parts.connections.refused(parts.machine, to, error.message)
  }
}

const notAllowed = ({ host, port }: { host: string; port: number }) =>
  host === ""
    ? "Name a host and a port."
    : `${host}:${port} is not allowed for this project. Its page Network has what is.`

/** @throws Refused before anything was carried */
async function carry(parts: AtDoor, connection: Connection, client: Duplex): Promise<void> {
  const { connections, limits } = parts
  const { signal } = connection.over
  const upstream = await connectPinned(parts, { ...connection, signal })
  try {
    // It may have been revoked while we connected.
    await connections.confirm(connection)
    const ended = Promise.withResolvers<void>()
    const end = () => ended.resolve()
    signal.addEventListener("abort", end, { once: true })
    if (signal.aborted) return
    upstream.setTimeout(limits.idleMs, end)
    join(parts, { connection, client, upstream, end })
    client.write("HTTP/1.1 200 Connection Established\r\n\r\n")
    await ended.promise
  } finally {
    upstream.destroy()
  }
}

function join(
  { connections }: AtDoor,
  {
    connection,
    client,
    upstream,
    end,
  }: {
    connection: Connection
    client: Duplex
    upstream: Socket
    end(): void
  },
): void {
  client.on("data", ({ length }: Buffer) => connections.count(connection, "sent", length))
  upstream.on("data", ({ length }: Buffer) => connections.count(connection, "received", length))
  client.once("close", end)
  upstream.once("close", end).once("error", end)
  client.pipe(upstream)
  upstream.pipe(client)
}

function refuse(client: Duplex, { status, message }: Refused): void {
  if (client.destroyed) return
  const text = Buffer.from(`${message}\n`)
  client.end(
    Buffer.concat([
      Buffer.from(
        `HTTP/1.1 ${status} Refused\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: ${text.length}\r\nconnection: close\r\n\r\n`,
      ),
      text,
    ]),
  )
}
