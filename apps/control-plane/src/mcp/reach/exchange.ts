import type { Client } from "@modelcontextprotocol/sdk/client/index.js"
import type { Clock } from "@vibecaas/kernel/clock"
import { isFault } from "@vibecaas/kernel/fault"
import { inTime } from "@vibecaas/kernel/in-time"
import { makeGuardedFetch, mcpFailed, type Resolve } from "./guarded-fetch.ts"

/** How servers are reached by this installation. */
export interface ReachParts {
  hosts: readonly string[]
  resolve: Resolve
  /** the runtime's own */
  fetch: typeof fetch
  clock: Pick<Clock, "sleep">
  limits: ReachLimits
}

export interface ReachLimits {
  /** one exchange from its first byte to its last, in `ms` */
  msMax: number
  /** of a list of tools */
  listBytesMax: number
  /** of what a call answers */
  answerBytesMax: number
}

export const reachLimits: ReachLimits = {
  msMax: 60_000,
  listBytesMax: 1024 * 1024,
  answerBytesMax: 256 * 1024,
}

/** Where a server is, and what is sent with each request; values are secrets. */
export interface Address {
  url: string
  headers: Readonly<Record<string, string>>
}

export interface Exchange {
  client: Client
  /** to be given to each request: it ends the exchange */
  signal: AbortSignal
}

/** for a server to end a session whose answer was received, in `ms` */
const endMsMax = 2000

/**
 * Speaks with a server: begins and lets `talk` ask, all in the time and size that are allowed, and
 * ends. What was answered counts, however the end goes.
 *
 * @throws Fault `mcp_failed` with why, as a sentence about the server; what `signal` was aborted with
 */
export async function exchange<T>(
  parts: ReachParts,
  address: Address,
  how: { bytesMax: number; signal: AbortSignal; talk: (exchange: Exchange) => Promise<T> },
): Promise<T> {
  const over = new AbortController()
  const ms = parts.limits.msMax
  const heard = Promise.withResolvers<T>()
  const work = begin(parts, address, { ...how, over, onAnswer: heard.resolve })
  work.catch(heard.reject)
  try {
    const answer = await inTime({ clock: parts.clock, ms }, heard.promise, () => {
      const late = mcpFailed(`It did not answer within ${Math.ceil(ms / 1000)} s.`)
      over.abort(late)
      throw late
    })
    await work.catch(notEnded)
    return answer
  } catch (error) {
    how.signal.throwIfAborted()
    const why = over.signal.aborted ? over.signal.reason : error
    throw isFault(why) ? why : mcpFailed(inWords(why, Object.values(address.headers)), why)
  }
}

async function begin<T>(
  parts: ReachParts,
  { url, headers }: Address,
  how: Parameters<typeof exchange<T>>[2] & { over: AbortController; onAnswer: (answer: T) => void },
): Promise<void> {
  const { over, bytesMax, talk, onAnswer } = how
  const open = countOpen(() => over.abort(mcpFailed("It ended its answer before it was complete.")))
  const guarded = await makeGuardedFetch({
    ...{ ...parts, url: new URL(url), bytesMax },
    onFault: (fault) => over.abort(fault),
    onEnd: open.ended,
  })
  const signal = AbortSignal.any([over.signal, how.signal])
  const { Client } = await import("@modelcontextprotocol/sdk/client/index.js")
  const http = await import("@modelcontextprotocol/sdk/client/streamableHttp.js")
  const transport = new http.StreamableHTTPClientTransport(new URL(url), {
    fetch: (input, init) => {
      open.sent(init?.body)
      return guarded.fetch(input, { ...init, signal })
    },
    requestInit: { headers: { ...headers } },
    reconnectionOptions: once,
  })
  transport.onmessage = open.heard
  const client = new Client({ name: "vibecaas", version: "0.1.0" }, { capabilities: {} })
  try {
    // Its session may be undefined, which the interface that it stands for does not say.
    await client.connect(transport as Parameters<Client["connect"]>[0], { signal, timeout })
    onAnswer(await talk({ client, signal }))
    await inTime({ clock: parts.clock, ms: endMsMax }, transport.terminateSession(), notEnded)
  } finally {
    await client.close()
    await guarded.close()
  }
}

/** What limits an exchange is not the SDK's clock, in `ms`. */
export const timeout = 2 ** 31 - 1

const once = {
  ...{ maxRetries: 0, initialReconnectionDelay: 0, maxReconnectionDelay: 0 },
  reconnectionDelayGrowFactor: 1,
}

/** A session that is not ended ends by itself; what was asked was answered. */
const notEnded = () => {}

/** Notices that an answer's stream ended while the question is open: the SDK would wait for ever. */
function countOpen(brokeOff: () => void) {
  let open = 0
  return {
    sent(body: unknown) {
      if (typeof body === "string" && isQuestion(JSON.parse(body))) open += 1
    },
    heard(message: object) {
      if ("result" in message || "error" in message) open -= 1
    },
    /** What was read last is taken in first. */
    ended: () => void setImmediate(() => setImmediate(() => open > 0 && brokeOff())),
  }
}

const isQuestion = (message: unknown) =>
  typeof message === "object" && message !== null && "method" in message && "id" in message

/** Why it failed, without the secrets that the server may have repeated. */
function inWords(error: unknown, secrets: readonly string[]): string {
  return without(secrets, sentenceOf(error))
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return "It could not be asked."
  const code = "code" in error ? error.code : undefined
  if (error.name === "McpError") return `It answered with an error: ${brief(error.message)}`
  if (code === 401 || code === 403) return `It refuses whoever asks (${code}). Look at the headers.`
  if (code === -1) return `What answers there does not speak MCP: ${brief(error.message)}`
  if (typeof code === "number") {
    return `It answered with ${code}. Look whether its address for streamable HTTP is right.`
  }
  if (error.name.endsWith("ZodError") || error instanceof SyntaxError) {
    return "Its answer is not as the protocol wants it."
  }
  const { cause } = error
  if (!(cause instanceof Error)) return "It cannot be reached."
  return `It cannot be reached (${"code" in cause ? cause.code : brief(cause.message)}).`
}

const brief = (text: string) => {
  const line = text.replaceAll(/\s+/g, " ")
  return line.length > 300 ? `${line.slice(0, 299)}…` : line
}

/** A text without these secrets; what is too short to be one stays. */
export function without(secrets: readonly string[], text: string): string {
  const parts = secrets.flatMap((secret) => [secret, ...secret.split(" ")])
  const long = parts.filter(({ length }) => length >= 8).sort((a, b) => b.length - a.length)
  return long.reduce((left, secret) => left.replaceAll(secret, "…"), text)
}
