import {
  request as ask,
  type IncomingMessage,
  type RequestOptions,
  type ServerResponse,
} from "node:http"
import { pipeline } from "node:stream/promises"
import { type Call, type ShopApi, ShopFault } from "./shop-api.ts"
import type { Category, Region } from "./shop-api-shapes.ts"

/** Where the shop's own server listens, and the key that opens the channel its buyers see. */
export interface Behind {
  listen: { socketPath: string } | { host: string; port: number }
  key: string
  /** host that its requests name */
  hostname: string
  /** monotonic, in `ms` */
  now(): number
}

export interface Shop {
  call: Call
  /** Sends a request on as it is, with the key where it has none. */
  pass(request: IncomingMessage, response: ServerResponse, path: string): Promise<void>
  /** What changes rarely; asked again after a minute. */
  known(api: ShopApi): Promise<{ region: Region; categories: Category[] }>
}

const answerBytesMax = 4 * 1024 * 1024
const timeoutMs = 20_000
const freshMs = 60_000

export function openShop(behind: Behind): Shop {
  let kept: { at: number; value: ReturnType<typeof readKnown> } | undefined
  return {
    call: (method, path, body) => call(behind, { method, path }, body),
    pass: (request, response, path) => pass({ ...behind, path }, request, response),
    known(api) {
      if (kept && behind.now() - kept.at < freshMs) return kept.value
      const value = readKnown(api)
      const asked = { at: behind.now(), value }
      kept = asked
      // What failed is asked again by the next visitor.
      value.catch(() => {
        if (kept === asked) kept = undefined
      })
      return value
    },
  }
}

async function readKnown(api: ShopApi) {
  const [[region], categories] = await Promise.all([api.regions(), api.categories()])
  if (!region) throw new ShopFault(503, { type: "no_region", say: "The shop sells nowhere yet." })
  return { region, categories }
}

async function call(
  behind: Behind,
  { method, path }: { method: string; path: string },
  body?: unknown,
): Promise<unknown> {
  const text = body === undefined ? undefined : JSON.stringify(body)
  const headers: Record<string, string> = {
    host: behind.hostname,
    accept: "application/json",
    "x-publishable-api-key": behind.key,
  }
  if (text !== undefined) {
    headers["content-type"] = "application/json"
    headers["content-length"] = String(Buffer.byteLength(text))
  }
  const answer = await begin({ ...behind.listen, method, path, headers, timeout: timeoutMs }, text)
  return parsed(answer.statusCode ?? 500, await readAll(answer))
}

function begin(options: RequestOptions, text?: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = ask(options, resolve)
    sent.on("timeout", () => sent.destroy(new Error("the shop's server took too long")))
    sent.on("error", reject)
    sent.end(text)
  })
}

async function readAll(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > answerBytesMax) throw new Error("the shop's server answered too much")
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString("utf8")
}

function parsed(status: number, text: string): unknown {
  const value: unknown = text === "" ? {} : readJson(text)
  if (status < 400) return value
  const { message, type } = (value ?? {}) as { message?: unknown; type?: unknown }
  throw new ShopFault(status, {
    type: typeof type === "string" ? type : "unknown",
    say: typeof message === "string" ? message : `The shop's server answered ${status}.`,
  })
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error("the shop's server answered no JSON")
  }
}

const hop = /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/

async function pass(
  behind: Behind & { path: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const headers: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined && !hop.test(name)) headers[name] = value
  headers["x-publishable-api-key"] ??= behind.key
  const { method = "GET" } = request
  const sent = ask({ ...behind.listen, method, path: behind.path, headers, timeout: timeoutMs })
  sent.on("timeout", () => sent.destroy(new Error("the shop's server took too long")))
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sent.on("response", resolve)
    sent.on("error", reject)
  })
  const [, answer] = await Promise.all([pipeline(request, sent), answered])
  const kept = Object.entries(answer.headers).filter(([name]) => !hop.test(name))
  response.writeHead(answer.statusCode ?? 502, Object.fromEntries(kept))
  await pipeline(answer, response)
}
