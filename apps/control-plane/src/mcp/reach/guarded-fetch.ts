import type { LookupFunction } from "node:net"
import { type Fault, fault } from "@vibecaas/kernel/fault"
import type { Agent } from "undici"
import { literalAddress } from "../../core/addresses.ts"
import { allowing, mayLeadTo } from "./hosts.ts"

/** All addresses of a host. */
export type Resolve = (host: string) => Promise<readonly { address: string; family: number }[]>

export interface GuardedFetchParts {
  url: URL
  /** as the platform's configuration names them */
  hosts: readonly string[]
  resolve: Resolve
  /** the runtime's own: it takes a dispatcher of ours */
  fetch: typeof fetch
  /** of all answers together, without compression */
  bytesMax: number
  /** hears why the exchange must end, before whoever reads an answer does */
  onFault: (fault: Fault) => void
  /** hears that an answer has ended */
  onEnd: () => void
}

export interface GuardedFetch {
  fetch: typeof fetch
  close(): Promise<void>
}

export const mcpFailed = (say: string, cause?: unknown) => fault("mcp_failed", { say, cause })

/**
 * `fetch` for one exchange with one server: only its own address, which is looked up once, judged, and
 * kept for every connection; no redirects, no second stream, and no more bytes than are allowed.
 *
 * @throws Fault `mcp_failed` when the host is not allowed, unknown, or leads where it may not
 */
export async function makeGuardedFetch(parts: GuardedFetchParts): Promise<GuardedFetch> {
  const { url, bytesMax, onFault, onEnd } = parts
  const agent = await makeAgent(await judgedAddresses(parts))
  let bytes = 0
  const failing = (say: string) => {
    const why = mcpFailed(say)
    onFault(why)
    return why
  }
  const counted = (body: ReadableStream<Uint8Array>) =>
    body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(piece, out) {
          bytes += piece.byteLength
          if (bytes > bytesMax) out.error(failing(tooLarge(bytesMax)))
          else out.enqueue(piece)
        },
        flush: onEnd,
      }),
    )
  const guarded: typeof fetch = async (input, init) => {
    const asked = new URL(input instanceof Request ? input.url : input)
    if (asked.href !== url.href) throw failing("It was asked at another address than its own.")
    // Nobody listens to what a server says unasked, and an answer that broke off is not taken up again.
    if (init?.method === "GET") return new Response(null, { status: 405 })
    // Node's types of a dispatcher are older than the class that it takes.
    const through: object = { dispatcher: agent, redirect: "manual" }
    const response = await parts.fetch(input, { ...init, ...through })
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel()
      throw failing(
        `It sends whoever asks to another address (${response.status}). Write the address where it answers.`,
      )
    }
    const { status, statusText, headers } = response
    const body = response.body && counted(response.body)
    return new Response(body, { status, statusText, headers })
  }
  return { fetch: guarded, close: () => agent.destroy() }
}

const tooLarge = (bytesMax: number) =>
  `It answered with more than ${Math.floor(bytesMax / 1024)} kB, which is not read.`

type Address = Awaited<ReturnType<Resolve>>[number]

async function judgedAddresses({ url, hosts, resolve }: GuardedFetchParts): Promise<Address[]> {
  const allowed = allowing(hosts, url)
  if (!allowed) throw mcpFailed(notAllowed(url))
  const literal = literalAddress(url.hostname)
  const found = literal
    ? [{ address: literal, family: literal.includes(":") ? 6 : 4 }]
    : await resolve(url.hostname).catch((error) => {
        throw mcpFailed(`There is no host ${url.hostname}.`, error)
      })
  const judged = found.filter(({ address }) => mayLeadTo(allowed, address))
  if (judged.length > 0 && judged.length === found.length) return judged
  throw mcpFailed(
    `${url.hostname} leads to a private address, which the platform does not ask unless its admin allows it with its port.`,
  )
}

/** Why a server at that address is not asked. */
export function notAllowed(url: URL): string {
  const as = url.protocol === "http:" ? `http://${url.host}` : url.host
  return `The platform does not allow ${as}. Its admin can add it to VIBECAAS_MCP_HOSTS.`
}

/** Connects to these addresses, whatever the host's name leads to by then. */
async function makeAgent(addresses: readonly Address[]): Promise<Agent> {
  const lookup: LookupFunction = (_, { all }, done) => {
    const [first] = addresses
    if (all) done(null, [...addresses])
    else done(null, first?.address ?? "", first?.family)
  }
  const { Agent } = await import("undici")
  return new Agent({ connect: { lookup, timeout: connectMsMax }, connections: 4 })
}

const connectMsMax = 10_000
