import { createServer, type IncomingMessage, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import type { LanguageModelV4CallOptions } from "@ai-sdk/provider"
import { afterAll, beforeAll, expect, test } from "vitest"
import { readModelFailure } from "../work/model-failure.ts"
import { collectAnswer } from "../work/recorded-answer.ts"
import type { ModelProvider } from "./model.ts"

/** What one provider's server says on the wire, as its documentation has it. */
export interface Wire {
  modelId: string
  /** values of the provider's settings, with `test-key` as its key, for a server at this origin */
  settings: (origin: string) => Record<string, string>
  /** the header that carries the key */
  key: [name: string, value: string]
  /** the path a streamed request goes to */
  path: string
  /** events of an answer that says “Hello” in two pieces: 7 tokens in, 3 out */
  text: string
  /** events of an answer that calls `read_file` with `{"path":"a.txt"}` */
  toolCall: string
  /** an error's body */
  error: (message: string) => object
}

interface Heard {
  headers: IncomingMessage["headers"]
  path: string
  body: string
}

/** What every provider of models must do, held against a server on a real socket. */
export function modelSuite(provider: ModelProvider, wire: Wire): void {
  let server: Server
  let origin: string
  let heard: Heard | undefined
  let reply = { status: 200, body: "" }

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const body = Buffer.concat(chunks).toString()
      heard = { headers: request.headers, path: request.url ?? "", body }
      const type = reply.status === 200 ? "text/event-stream" : "application/json"
      response.writeHead(reply.status, { "content-type": type }).end(reply.body)
    }).listen(0, "127.0.0.1")
    await new Promise((resolve) => server.once("listening", resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => void server.close())

  // The provider knows its maker's address; the request goes to our server instead.
  const toUs: typeof fetch = (input, init) => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input)
    return fetch(`${origin}${pathname}${search}`, init)
  }
  const entry = () => provider.make(wire.modelId, { settings: wire.settings(origin), fetch: toUs })
  const ask = async (options: Partial<LanguageModelV4CallOptions> = {}) => {
    const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "Hi" }] }]
    const { stream } = await entry().model.doStream({ prompt, tools: [readFile], ...options })
    return collectAnswer(stream)
  }

  test(`${provider.name}: a text comes whole, with its tokens`, async () => {
    reply = { status: 200, body: wire.text }
    const answer = await ask()
    expect(answer.content).toMatchObject([{ type: "text", text: "Hello" }])
    expect(answer.finishReason.unified).toBe("stop")
    expect(answer.usage.inputTokens.total).toBe(7)
    expect(answer.usage.outputTokens.total).toBe(3)
  })

  test(`${provider.name}: a request names the model, the tools and the key, to the right path`, async () => {
    reply = { status: 200, body: wire.text }
    await ask()
    expect(heard?.path).toBe(wire.path)
    expect(heard?.headers[wire.key[0]]).toBe(wire.key[1])
    expect(`${heard?.path} ${heard?.body}`).toContain(wire.modelId)
    expect(heard?.body).toContain("read_file")
    expect(heard?.body).not.toContain("test-key")
  })

  test(`${provider.name}: a tool call comes with its name and its input`, async () => {
    reply = { status: 200, body: wire.toolCall }
    const answer = await ask()
    expect(answer.finishReason.unified).toBe("tool-calls")
    const call = answer.content.find(({ type }) => type === "tool-call")
    expect(call).toMatchObject({ toolName: "read_file" })
    expect(call?.type === "tool-call" && JSON.parse(call.input)).toEqual({ path: "a.txt" })
  })

  test(`${provider.name}: what a tool answered goes back with its call`, async () => {
    reply = { status: 200, body: wire.text }
    const call = { toolCallId: "call_1", toolName: "read_file" }
    const output = { type: "json" as const, value: { content: "pages: 412" } }
    await ask({
      prompt: [
        { role: "user", content: [{ type: "text", text: "Hi" }] },
        { role: "assistant", content: [{ type: "tool-call", ...call, input: { path: "a.txt" } }] },
        { role: "tool", content: [{ type: "tool-result", ...call, output }] },
      ],
    })
    expect(heard?.body).toContain("pages: 412")
  })

  test.each([
    [401, false],
    [429, true],
    [500, true],
    [400, false],
  ])(`${provider.name}: after status %i trying again can help: %s`, async (status, retryable) => {
    reply = { status, body: JSON.stringify(wire.error("No.")) }
    const error = await ask().catch((thrown: unknown) => thrown)
    const failure = readModelFailure(error, new Date())
    expect(failure.retryable).toBe(retryable)
    expect(failure.say).toContain(String(status))
    expect(failure.say).not.toContain("test-key")
  })

  test(`${provider.name}: an answer that breaks off is a failure that may pass`, async () => {
    reply = { status: 200, body: wire.text.slice(0, wire.text.length / 2) }
    const error = await ask().catch((thrown: unknown) => thrown)
    expect(readModelFailure(error, new Date()).retryable).toBe(true)
  })

  test(`${provider.name}: its code is not trusted, and people are told its name`, () => {
    expect(entry()).toMatchObject({ trust: "untrusted", info: { simulated: false } })
    expect(entry().info.label).toContain(wire.modelId)
  })
}

const readFile = {
  type: "function" as const,
  name: "read_file",
  description: "Reads one file.",
  inputSchema: {
    type: "object" as const,
    properties: { path: { type: "string" as const } },
    required: ["path"],
    additionalProperties: false,
  },
}

/** Server-sent events: `data:` lines, with the event's name when the provider has names. */
export function events(list: readonly object[], named = false): string {
  return list
    .map((event) => {
      const name = named && "type" in event ? `event: ${String(event.type)}\n` : ""
      return `${name}data: ${JSON.stringify(event)}\n\n`
    })
    .join("")
}
