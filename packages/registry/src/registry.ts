import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { Duplex } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import { type Advisory, askAdvisories } from "./advisories.ts"
import { makeBlobs } from "./blobs.ts"
import { crates } from "./crates.ts"
import { askYanked } from "./crates-yanked.ts"
import { go } from "./go.ts"
import { type Dialect, makeWire } from "./make-wire.ts"
import { npm } from "./npm.ts"
import { pypi } from "./pypi.ts"
import { askPypiAdvisories } from "./pypi-advisories.ts"
import { Absent, asRefusal, Refusal } from "./refusal.ts"
import { makeFit } from "./sweep.ts"
import { makeUpstream } from "./upstream.ts"
import type { Wire, WireName } from "./wire.ts"

/** What one installation may ask for. */
export interface Allowance {
  requests: number
  bytes: number
}

/** One installation that asks: its connections, and what became of them. */
export interface Visit {
  /** serves one connection; its bytes may be hostile */
  connect(connection: Duplex): void
  /** sentences: what was refused, newest last, at most 20 */
  readonly refused: readonly string[]
  /** whether something was refused that may pass by itself: a public registry that is away */
  passing(): boolean
  close(): void
}

/**
 * The platform's own registry: what public registries have, asked for by GET, checked by hash and kept.
 * It has no credentials, and nothing can be written to it.
 */
export interface Registry {
  visit(wire: WireName, allowance: Allowance): Visit
  /** Known problems of packages, by `name@version`. @throws Refusal when nobody tells */
  advisories(
    wire: WireName,
    packages: readonly { name: string; version: string }[],
  ): Promise<ReadonlyMap<string, Advisory[]>>
  /** Makes what is kept, files and documents, fit into so many bytes; answers how many are left. */
  sweep(maxBytes: number): Promise<number>
}

export interface RegistryOptions {
  /** a directory of our own */
  root: string
  clock: Clock
  log: Log
  /** addresses of the registries that are asked; nobody is where one is absent */
  upstreams: Record<WireName, { base: string; fileHosts?: readonly string[] } | undefined>
  fetch: typeof fetch
  patienceMs?: number
  fileBytesMax?: number
}

export function makeRegistry(options: RegistryOptions): Registry {
  const { root, clock, log, upstreams, fileBytesMax = 300 * 1024 * 1024 } = options
  const blobs = makeBlobs({ root: `${root}/files`, fileBytesMax, clock })
  const around = {
    clock,
    fetch: options.fetch,
    ...(options.patienceMs === undefined ? {} : { patienceMs: options.patienceMs }),
  }
  const upstreamOf = (name: WireName) => {
    const of = upstreams[name]
    return of && makeUpstream({ ...of, ...around })
  }
  const wireOf = (dialect: Dialect): Wire => {
    const upstream = upstreamOf(dialect.name)
    return upstream ? makeWire(dialect, { root, blobs, clock, upstream }) : closed
  }
  const wires: Record<WireName, Wire> = {
    npm: wireOf(npm),
    pypi: wireOf(pypi),
    go: wireOf(go),
    crates: wireOf(crates),
  }
  return {
    visit: (name, allowance) => makeVisit(wires[name], { ...allowance }, log),
    async advisories(wire, packages) {
      const upstream = upstreamOf(wire) ?? notConfigured()
      if (wire === "crates") return askYanked(wires.crates, packages)
      if (wire === "pypi") return askPypiAdvisories(upstream, packages)
      if (wire === "npm") return askAdvisories({ ...around, base: upstream.base }, packages)
      throw new Refusal(404, `${upstream.base.host} tells no advisories.`)
    },
    async sweep(maxBytes) {
      const kept = async () => {
        const lists = [blobs, ...Object.values(wires)].map(({ list }) => list())
        return (await Promise.all(lists)).flat()
      }
      const left = await makeFit(await kept(), maxBytes)
      // What documents left of themselves was not listed yet.
      return left > maxBytes ? makeFit(await kept(), maxBytes) : left
    },
  }
}

const closed: Wire = { answer: async () => notConfigured(), list: async () => [] }

function notConfigured(): never {
  throw new Refusal(403, "This installation has no registry of such packages.")
}

/** Requests of one installation that are answered at once; the others wait. */
const connectionsMax = 64
const refusedMax = 20

function makeVisit(wire: Wire, left: Allowance, log: Log): Visit {
  const refused: string[] = []
  let passing = false
  const connections = new Set<Duplex>()
  const server = createServer({ maxHeaderSize: 16_384 }, (request, response) => {
    respond({ wire, left }, request, response).catch((error) => {
      const refusal = asRefusal(error)
      if (refusal.status === 500) log.warn({ err: error }, "the registry could not answer")
      passing ||= refusal.status >= 500
      const said = !(refusal instanceof Absent) && refused.length < refusedMax
      if (said) refused.push(refusal.message)
      fail(response, refusal)
    })
  })
  server.headersTimeout = 15_000
  server.requestTimeout = 30_000
  return {
    refused,
    passing: () => passing,
    connect(connection) {
      if (connections.size >= connectionsMax) return void connection.destroy()
      connections.add(connection)
      connection.once("close", () => connections.delete(connection))
      connection.on("error", () => connection.destroy())
      server.emit("connection", connection)
    },
    close() {
      for (const connection of connections) connection.destroy()
      server.close()
    },
  }
}

async function respond(
  { wire, left }: { wire: Wire; left: Allowance },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method } = request
  if (method !== "GET" && method !== "HEAD") {
    throw new Refusal(405, "Packages can only be read here.")
  }
  if (--left.requests < 0) throw new Refusal(429, "This installation asks for too many packages.")
  const served = await wire.answer(pathOf(request.url ?? ""), hostOf(request))
  if (!served) throw new Refusal(404, "That is not the address of a package.")
  const size = "bytes" in served ? served.bytes.length : served.size
  const stream = "bytes" in served ? undefined : served.stream
  left.bytes -= size
  if (left.bytes < 0 || method === "HEAD") stream?.destroy()
  if (left.bytes < 0) throw new Refusal(413, "This installation fetches more than it may.")
  response.writeHead(200, { "content-type": served.type, "content-length": size })
  if (method === "HEAD") return void response.end()
  if ("bytes" in served) return void response.end(served.bytes)
  await pipeline(served.stream, response)
}

/** The path alone, decoded once; what it may be, each wire says by a pattern of its own. */
function pathOf(url: string): string {
  try {
    return decodeURIComponent(url.split(/[?#]/)[0] ?? "")
  } catch {
    throw new Refusal(400, "That is not an address.")
  }
}

/** The door by which they came, as they call it. */
const hostOf = ({ headers: { host = "" } }: IncomingMessage): string =>
  /^[a-z0-9.-]+:\d{1,5}$/.test(host) ? host : "127.0.0.1"

function fail(response: ServerResponse, { status, message }: Refusal): void {
  if (response.headersSent) return void response.destroy()
  const body = JSON.stringify({ error: message })
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    connection: "close",
  })
  response.end(body)
}
