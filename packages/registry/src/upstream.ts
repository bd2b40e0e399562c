import type { Clock } from "@vibecaas/kernel/clock"
import { inTime } from "@vibecaas/kernel/in-time"
import { Refusal } from "./refusal.ts"

export interface UpstreamOptions {
  /** address of a public registry, e.g. `https://registry.npmjs.org`; it is asked without credentials */
  base: string
  /** `host[:port]` of others that its files may come from */
  fileHosts?: readonly string[]
  clock: Clock
  fetch: typeof fetch
  /** longest wait for an answer's head, and between two parts of its body, in `ms` */
  patienceMs?: number
}

/** One registry of others, asked by GET alone. */
export interface Upstream {
  /** Its address, ending with a slash. */
  readonly base: URL
  /**
   * @param url below `base`, or on one of its file hosts
   * @throws Refusal 404 for what is not there, 403 for an address that is not its own, 502 and 504
   * when it does not answer
   */
  get(url: URL, headers?: Record<string, string>): Promise<Answer>
}

export interface Answer {
  /** 200 or 304 */
  status: number
  headers: Headers
  /** the body in parts; fails when the next part takes too long */
  body: AsyncIterable<Uint8Array>
}

const redirectsMax = 4

export function makeUpstream(options: UpstreamOptions): Upstream {
  const base = new URL(options.base.replace(/\/*$/, "/"))
  const hosts = new Set([base.host, ...(options.fileHosts ?? [])])
  const { clock, patienceMs = 30_000, fetch: ask } = options
  const limit = { clock, ms: patienceMs }
  const allowed = (url: URL) =>
    hosts.has(url.host) &&
    (url.protocol === "https:" || url.protocol === base.protocol) &&
    url.username === "" &&
    url.password === ""

  const follow = async (
    url: URL,
    headers: Record<string, string>,
    hop: number,
  ): Promise<Response> => {
    if (!allowed(url)) {
      throw new Refusal(403, `The registry sent us to ${url.host}, where we do not go.`)
    }
    const over = new AbortController()
    const init = { redirect: "manual", headers, signal: over.signal } as const
    const response = await inTime(limit, ask(url, init).catch(unreachable(url)), () => {
      over.abort()
      throw new Refusal(504, `${url.host} did not answer in time.`)
    })
    const location = response.headers.get("location")
    if (response.status < 300 || response.status > 399 || location === null) return response
    await response.body?.cancel()
    if (hop >= redirectsMax) throw new Refusal(502, `${url.host} redirects in circles.`)
    return follow(new URL(location, url), headers, hop + 1)
  }

  return {
    base,
    async get(url, headers = {}) {
      const response = await follow(url, headers, 0)
      const { status } = response
      if (status === 200 || status === 304) {
        return { status, headers: response.headers, body: bodyOf(response, limit) }
      }
      await response.body?.cancel()
      if (status === 404 || status === 410) {
        throw new Refusal(404, `${base.host} has nothing of that name.`)
      }
      if (status === 401 || status === 403 || status === 451) {
        throw new Refusal(404, `${base.host} does not give that to everybody.`)
      }
      throw new Refusal(502, `${url.host} answered ${status}.`)
    },
  }
}

const unreachable = (url: URL) => (cause: unknown) => {
  throw new Refusal(502, `${url.host} cannot be reached.`, cause)
}

/** The body in parts. @throws Refusal 504 when the next part takes longer than `limit` */
export async function* bodyOf(
  response: Response,
  limit: { clock: Clock; ms: number },
): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader()
  if (!reader) return
  try {
    for (;;) {
      const { done, value } = await inTime(limit, reader.read().catch(brokeOff), () => {
        throw new Refusal(504, "The registry stopped in the middle of an answer.")
      })
      if (done) return
      yield value
    }
  } finally {
    void reader.cancel().catch(() => {})
  }
}

function brokeOff(cause: unknown): never {
  throw new Refusal(502, "The registry's answer broke off.", cause)
}

/** The whole body. @throws Refusal 413 when it is larger than `maxBytes` */
export async function readWhole(answer: Pick<Answer, "body">, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

export function tooLarge(maxBytes: number): Refusal {
  const mebibytes = Math.round(maxBytes / 1024 / 1024)
  return new Refusal(413, `That is larger than ${mebibytes} MiB, which is the most we take.`)
}
