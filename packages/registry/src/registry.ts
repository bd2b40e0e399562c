import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { Duplex } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import { type Advisory, askAdvisories } from "./advisories.ts"
import { makeBlobs } from "./blobs.ts"
import type { Ecosystem, EcosystemName } from "./ecosystem.ts"
import { makeNpm } from "./npm.ts"
import { makePypi } from "./pypi.ts"
import { asRefusal, Refusal } from "./refusal.ts"
import { makeUpstream } from "./upstream.ts"

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
  close(): void
}

/**
 * The platform's own registry: what public registries have, asked for by GET, checked by hash and kept.
 * It has no credentials, and nothing can be written to it.
 */
export interface Registry {
  visit(ecosystem: EcosystemName, allowance: Allowance): Visit
  /** Known problems of npm's packages, by `name@version`. @throws Refusal when nobody tells */
  advisories(
    packages: readonly { name: string; version: string }[],
  ): Promise<ReadonlyMap<string, Advisory[]>>
  /** Makes what is kept fit into so many bytes; answers how many are left. */
  sweep(maxBytes: number): Promise<number>
}

export interface RegistryOptions {
  /** a directory of our own */
  root: string
  clock: Clock
  log: Log
  /** addresses of the registries that are asked; nobody is where one is absent */
  upstreams: Record<EcosystemName, { base: string; fileHosts?: readonly string[] } | undefined>
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
  const { npm, pypi } = upstreams
  const parts = (of: NonNullable<typeof npm>) => ({
    ...{ root, blobs, clock },
    upstream: makeUpstream({ ...of, ...around }),
  })
  const ecosystems: Record<EcosystemName, Ecosystem> = {
    npm: npm ? makeNpm(parts(npm)) : closed,
    pypi: pypi ? makePypi(parts(pypi)) : closed,
  }
  return {
    visit: (name, allowance) => makeVisit(ecosystems[name], { ...allowance }, log),
    async advisories(packages) {
      const { base } = parts(npm ?? notConfigured()).upstream
      return askAdvisories({ ...around, base }, packages)
    },
    sweep: (maxBytes) => blobs.sweep(maxBytes),
  }
}

const closed: Ecosystem = { answer: async () => notConfigured() }

function notConfigured(): never {
  throw new Refusal(403, "This installation has no registry of such packages.")
}

/** Requests of one installation that are answered at once; the others wait. */
const connectionsMax = 64
const refusedMax = 20

function makeVisit(ecosystem: Ecosystem, left: Allowance, log: Log): Visit {
  const refused: string[] = []
  const connections = new Set<Duplex>()
  const server = createServer({ maxHeaderSize: 16_384 }, (request, response) => {
    respond({ ecosystem, left }, request, response).catch((error) => {
      const refusal = asRefusal(error)
      if (refusal.status === 500) log.warn({ err: error }, "the registry could not answer")
      if (refused.length < refusedMax) refused.push(refusal.message)
      fail(response, refusal)
    })
  })
  server.headersTimeout = 15_000
  server.requestTimeout = 30_000
  return {
    refused,
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
  { ecosystem, left }: { ecosystem: Ecosystem; left: Allowance },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method } = request
  if (method !== "GET" && method !== "HEAD") {
    throw new Refusal(405, "Packages can only be read here.")
  }
  if (--left.requests < 0) throw new Refusal(429, "This installation asks for too many packages.")
  const served = await ecosystem.answer(pathOf(request.url ?? ""))
  if (!served) throw new Refusal(404, "That is not the address of a package.")
  const size = "text" in served ? Buffer.byteLength(served.text) : served.size
  const stream = "text" in served ? undefined : served.stream
  left.bytes -= size
  if (left.bytes < 0 || method === "HEAD") stream?.destroy()
  if (left.bytes < 0) throw new Refusal(413, "This installation fetches more than it may.")
  response.writeHead(200, { "content-type": served.type, "content-length": size })
  if (method === "HEAD") return void response.end()
  if ("text" in served) return void response.end(served.text)
  await pipeline(served.stream, response)
}

/** The path alone, decoded once; what it may be, each ecosystem says by a pattern of its own. */
function pathOf(url: string): string {
  try {
    return decodeURIComponent(url.split(/[?#]/)[0] ?? "")
  } catch {
    throw new Refusal(400, "That is not an address.")
  }
}

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
