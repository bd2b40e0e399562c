import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { Clock } from "@vibecaas/kernel/clock"
import { z } from "zod"
import { anthropicWire } from "./anthropic/wire.ts"
import type { Behaviour, Fault, StreamEnd } from "./behaviours.ts"
import { Refused } from "./conversation.ts"
import { googleWire } from "./google/wire.ts"
import { openaiWire } from "./openai/wire.ts"
import { type DialectName, dialects } from "./openai-compatible/dialects.ts"
import { chatWire } from "./openai-compatible/wire.ts"
import type { ReplyHead, Wire } from "./wire.ts"

export interface SimulatorOptions {
  /** what the model of a name does */
  behave: (model: string) => Behaviour
  clock: Clock
  /** refuse requests without this key */
  apiKey?: string
  /** 0 chooses a free one */
  port?: number
}

export type WireName = "anthropic" | "openai" | "google" | DialectName

/** What the server understood of a request. */
export interface Heard extends ReturnType<Wire["read"]> {
  model: string
  path: string
  headers: IncomingMessage["headers"]
  body: string
  /** how many events a whole answer to it has; 0 when it was refused */
  events: number
}

export interface Simulator {
  /** where a wire's requests go; says by itself that what answers there is simulated */
  url: (wire: WireName) => string
  /** what was understood, in the order in which it came */
  heard: Heard[]
  close: () => Promise<void>
}

interface Parts extends SimulatorOptions {
  wires: Map<string, Wire>
  heard: Heard[]
}

/** between two signs of life of a server that has nothing to say, in `ms` */
const keepAliveMs = 50
const bodyBytesMax = 20_000_000

/** A server on a real socket of 127.0.0.1 that speaks as the makers' servers do. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const chat = Object.entries(dialects).map(([name, dialect]) => [name, chatWire(dialect)] as const)
  const wires = new Map<string, Wire>([
    ["anthropic", anthropicWire],
    ["openai", openaiWire()],
    ["google", googleWire],
    ...chat,
  ])
  const heard: Heard[] = []
  const server = createServer((request, response) => {
    answer({ ...options, wires, heard }, request, response).catch((error: unknown) => {
      // The client went away, or the brain broke off: nobody is left to tell.
      response.destroy(error instanceof Error ? error : undefined)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(options.port ?? 0, "127.0.0.1", resolve)
  })
  const address = server.address()
  const port = typeof address === "object" && address ? address.port : 0
  return {
    url: (name) => `http://127.0.0.1:${port}/simulated/${name}/${wires.get(name)?.base}`,
    heard,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(parts: Parts, request: IncomingMessage, response: ServerResponse) {
  const { url: path = "", method, headers } = request
  const [, name = "", base, rest = ""] = /^\/simulated\/([^/]+)\/([^/]+)(\/.*)$/.exec(path) ?? []
  const wire = parts.wires.get(name)
  const place = wire?.base === base ? wire?.path.exec(rest) : undefined
  if (!wire || !place || method !== "POST") {
    return send(response, 404, { error: { message: `There is no ${method} ${path}.` } })
  }
  if (parts.apiKey && wire.keyOf(headers) !== parts.apiKey) {
    return refuse(response, wire, {
      status: wire.wrongKey ?? 401,
      message: "The key is not valid.",
    })
  }
  const body = await readBody(request)
  try {
    const json: unknown = JSON.parse(body)
    const model = place.groups?.model ?? named.parse(json).model
    const asked = { ...wire.read(json), model, path, headers, body, events: 0 }
    const number = parts.heard.push(asked)
    await reply(response, wire, { asked, number, parts })
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError || error instanceof Refused) {
      return refuse(response, wire, { status: 400, message: error.message })
    }
    throw error
  }
}

const named = z.object({ model: z.string() })

async function reply(
  response: ServerResponse,
  wire: Wire,
  { asked, number, parts }: { asked: Heard; number: number; parts: Parts },
) {
  const { clock } = parts
  const { brain, fault = {} } = parts.behave(asked.model)
  if (fault.refused) return refuse(response, wire, fault.refused)
  const gone = new AbortController()
  response.on("close", () => gone.abort(new Error("the client went away")))
  if (fault.silentMs) await clock.sleep(fault.silentMs, gone.signal)
  const { prompt, tools = [] } = asked
  const answered = await brain({ prompt, tools, abortSignal: gone.signal })
  const created = Math.floor(clock.now().getTime() / 1000)
  const head: ReplyHead = { number, created, model: asked.model }
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" })
  const frames = wire.write(answered, head).map(wire.frame)
  asked.events = frames.length
  for (const frame of frames.slice(0, fault.ends?.after)) response.write(frame)
  if (fault.ends?.by === "silence") {
    for (;;) {
      response.write(wire.keepAlive ?? ": keep-alive\n\n")
      await clock.sleep(keepAliveMs, gone.signal)
    }
  }
  if (fault.ends) return breakOff(response, wire, fault.ends.by)
  response.end(wire.end ?? "")
}

function breakOff(response: ServerResponse, wire: Wire, by: StreamEnd): void {
  if (by === "cut") response.destroy()
  if (by === "closed") response.end()
  if (by === "garbage") response.end("data: {]\n\n")
  if (by === "error") response.end(wire.frame(wire.brokenBy("Overloaded")))
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > bodyBytesMax) throw new Error("the request is too large")
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function refuse(
  response: ServerResponse,
  wire: Wire,
  { status, retrySeconds, message = "No." }: NonNullable<Fault["refused"]>,
): void {
  if (retrySeconds && !wire.retryInBody) response.setHeader("retry-after", retrySeconds)
  const words = message === "tooLong" || message === "tooMuch" ? wire[message] : message
  send(response, status, wire.error(status, words, retrySeconds))
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
}
