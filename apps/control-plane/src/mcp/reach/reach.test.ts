import { systemClock } from "@vibecaas/kernel/clock"
import { isFault } from "@vibecaas/kernel/fault"
import { afterEach, expect, test } from "vitest"
import { startToolServer, type TestTool, type ToolServer } from "../testing/tool-server.ts"
import { callTool } from "./call-tool.ts"
import { type ReachParts, reachLimits } from "./exchange.ts"
import { listTools } from "./list-tools.ts"

const servers: ToolServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((each) => each.close()))
})

async function serverWith(...tools: TestTool[]) {
  const server = await startToolServer(tools)
  servers.push(server)
  return server
}

const never = new AbortController().signal
const reachOf = (hosts: string[], more: Partial<ReachParts> = {}): ReachParts => ({
  ...{ hosts, clock: systemClock, limits: reachLimits, fetch },
  resolve: async () => [{ address: "127.0.0.1", family: 4 }],
  ...more,
})
const openTo = (server: ToolServer, more: Partial<ReachParts> = {}) =>
  reachOf([`http://${server.host}`], more)
const at = (server: ToolServer, headers = {}) => ({ url: server.url, headers })
const list = (server: ToolServer, parts = openTo(server)) => listTools(parts, at(server), never)
const call = (server: ToolServer, name: string, args: object = {}, parts = openTo(server)) =>
  callTool(parts, at(server), { name, args, signal: never })

/** The sentence of the fault that something fails with. */
async function sayOf(failing: Promise<unknown>): Promise<string> {
  const error = await failing.then(
    () => undefined,
    (thrown) => thrown,
  )
  if (!isFault(error, "mcp_failed")) throw error ?? new Error("it did not fail")
  return error.say
}

test("tools are listed with what their server says of them, and called with headers", async () => {
  const inputSchema = { type: "object", properties: { id: { type: "integer" } }, required: ["id"] }
  const server = await serverWith(
    { name: "read", description: "Reads", inputSchema, annotations: { readOnlyHint: true } },
    { name: "write.it", description: "Writes" },
  )
  const seen = await list(server)
  expect(seen).toMatchObject({
    calls: "Test tools 1.2.3",
    leftOut: null,
    tools: [
      { name: "read", description: "Reads", inputSchema, repeatable: true, unusable: null },
      { name: "write.it", repeatable: false },
    ],
  })
  const secret = { authorization: "Bearer of a secret" }
  const answer = await callTool(openTo(server), at(server, secret), {
    ...{ name: "read", args: { id: 7 }, signal: never },
  })
  expect(answer).toEqual({ text: '{"id":7}', failed: false })
  expect(server.heard.at(-1)).toMatchObject(secret)
})

test("answers in one piece of JSON, failed ones, and what is no text are told as they are", async () => {
  const content = [
    { type: "text", text: "One." },
    { type: "image", data: "AAAA", mimeType: "image/png" },
    { type: "resource", resource: { uri: "a:b", text: "Two." } },
    { type: "resource_link", uri: "c:d", name: "d" },
  ]
  const server = await serverWith({ name: "show", act: () => ({ content, isError: true }) })
  server.json = true
  const text = "One.\n[image of 1 kB, image/png, which is not shown]\nTwo.\n[a link to c:d]"
  expect(await call(server, "show")).toEqual({ text, failed: true })
})

test("a secret that a server repeats is in no answer and in no failure", async () => {
  const secret = "s3cret-of-mine"
  const server = await serverWith({
    name: "leak",
    act: () => ({ content: [{ type: "text", text: `You sent ${secret}.` }] }),
  })
  const address = at(server, { authorization: `Bearer ${secret}` })
  const asked = { name: "leak", args: {}, signal: never }
  expect((await callTool(openTo(server), address, asked)).text).toBe("You sent ….")
  server.tools = [{ name: "leak", act: () => Promise.reject(new Error(`bad ${secret}`)) }]
  expect(await sayOf(callTool(openTo(server), address, asked))).toMatch(/bad …/)
})

test("a host that is not allowed is not asked, at another port or by another protocol neither", async () => {
  const server = await serverWith()
  const port = server.host.split(":")[1]
  for (const hosts of [[], ["127.0.0.1"], [server.host], ["http://127.0.0.1:1"], ["localhost"]]) {
    expect(await sayOf(list(server, reachOf(hosts)))).toMatch(
      /does not allow http:\/\/127\.0\.0\.1/,
    )
  }
  const named = { url: `http://tools.example:${port}/mcp`, headers: {} }
  const say = await sayOf(listTools(reachOf([`http://other.example:${port}`]), named, never))
  expect(say).toContain("does not allow")
  expect(server.heard).toEqual([])
})

test("a public name that leads to a private or strange address is not asked", async () => {
  const server = await serverWith()
  const leading = (address: string, family = 4) => ({
    resolve: async () => [
      { address: "93.184.216.34", family: 4 },
      { address, family },
    ],
  })
  const address = { url: "http://tools.example/mcp", headers: {} }
  const strange = ["169.254.169.254", "10.0.0.1", "127.0.0.1", "0.0.0.0", "100.64.0.1"]
  for (const each of strange) {
    const parts = reachOf(["http://tools.example"], leading(each))
    expect(await sayOf(listTools(parts, address, never))).toContain("leads to a private address")
  }
  for (const each of ["::1", "::ffff:127.0.0.1", "fe80::1", "64:ff9b::7f00:1", "::127.0.0.1"]) {
    const parts = reachOf(["http://tools.example"], leading(each, 6))
    expect(await sayOf(listTools(parts, address, never))).toContain("leads to a private address")
  }
  // Where machines of a cloud are told their secrets no name leads, with a port neither.
  const port = { url: "http://tools.example:8080/mcp", headers: {} }
  const withPort = reachOf(["http://tools.example:8080"], leading("169.254.169.254"))
  expect(await sayOf(listTools(withPort, port, never))).toContain("leads to a private address")
  expect(server.heard).toEqual([])
})

test("a name is looked up once: where it leads afterwards is not asked", async () => {
  const server = await serverWith({ name: "read" })
  const port = server.host.split(":")[1]
  let looked = 0
  const resolve = async () => {
    looked += 1
    return [{ address: looked === 1 ? "127.0.0.1" : "127.0.0.99", family: 4 }]
  }
  const hosts = [`http://tools.example:${port}`]
  const address = { url: `http://tools.example:${port}/mcp`, headers: {} }
  // Every request of the exchange has a connection of its own.
  server.before = (_, response) => {
    response.setHeader("connection", "close")
    return false
  }
  const seen = await listTools(reachOf(hosts, { resolve }), address, never)
  expect(seen.tools).toHaveLength(1)
  expect(server.heard.length).toBeGreaterThan(2)
  expect(looked).toBe(1)
})

test("nobody is followed to another address, on the same host neither", async () => {
  const other = await serverWith({ name: "inner" })
  const server = await serverWith({ name: "read" })
  for (const location of [other.url, "/elsewhere", "http://169.254.169.254/latest"]) {
    server.before = (_, response) => {
      response.writeHead(307, { location }).end()
      return true
    }
    expect(await sayOf(list(server))).toContain("sends whoever asks to another address (307)")
  }
  expect(other.heard).toEqual([])
})

test("a server that is slow, silent, away or broken says why, in a sentence", async () => {
  const server = await serverWith({ name: "slow", act: () => new Promise(() => {}) })
  const hasty = { limits: { ...reachLimits, msMax: 300 } }
  expect(await sayOf(call(server, "slow", {}, openTo(server, hasty)))).toMatch(/did not answer/)
  server.before = () => true
  expect(await sayOf(list(server, openTo(server, hasty)))).toBe("It did not answer within 1 s.")
  const answering = async (status: number, type: string, body: string) => {
    server.before = (_, response) => {
      response.writeHead(status, { "content-type": type }).end(body)
      return true
    }
    return sayOf(list(server))
  }
  expect(await answering(401, "text/plain", "who?")).toContain("refuses whoever asks (401)")
  expect(await answering(404, "text/html", "<p>")).toContain("It answered with 404.")
  expect(await answering(200, "text/html", "<p>")).toContain("does not speak MCP")
  expect(await answering(200, "application/json", "{")).toContain("not as the protocol wants it")
  const broken = "not as the protocol wants it"
  expect(await answering(200, "application/json", '{"jsonrpc":"1"}')).toContain(broken)
  expect(await answering(200, "text/event-stream", "data: 1\n\n")).toContain(
    "before it was complete",
  )
  await server.close()
  expect(await sayOf(list(server))).toContain("cannot be reached")
})

test("an answer counts once it was received, although the server never ends its session", async () => {
  const server = await serverWith({ name: "read" })
  const asked: unknown[] = []
  server.before = ({ method }, response) => {
    asked.push(method)
    response.setHeader("mcp-session-id", "one")
    return method === "DELETE"
  }
  const hasty = { limits: { ...reachLimits, msMax: 5000 } }
  const answer = await call(server, "read", { id: 7 }, openTo(server, hasty))
  expect(answer).toEqual({ text: '{"id":7}', failed: false })
  expect(asked.at(-1)).toBe("DELETE")
})

test("an answer that is larger than allowed is not read, as a stream and in one piece", async () => {
  const text = "x".repeat(reachLimits.answerBytesMax)
  const server = await serverWith({
    name: "huge",
    act: () => ({ content: [{ type: "text", text }] }),
  })
  expect(await sayOf(call(server, "huge"))).toContain("more than 256 kB")
  server.json = true
  expect(await sayOf(call(server, "huge"))).toContain("more than 256 kB")
})

test("of a list only a hundred tools are kept, and its words are cut", async () => {
  const many = Array.from({ length: 130 }, (_, at) => ({
    name: `t${at}`,
    description: "d".repeat(3000),
  }))
  const seen = await list(await serverWith(...many))
  expect(seen.tools).toHaveLength(100)
  expect(seen.leftOut).toContain("more than 100 tools")
  expect(seen.tools[0]?.description).toHaveLength(1000)
})

test("a tool that is nested without an end hides no other", async () => {
  const server = await serverWith({ name: "fine" })
  server.json = true
  const deep = `${'{"items":'.repeat(60_000)}1${"}".repeat(60_000)}`
  const schema = `{"type":"object","properties":{"a":${deep}}}`
  server.before = async (request, response) => {
    let text = ""
    for await (const piece of request) text += piece
    const { id, method } = JSON.parse(text || "{}")
    const hello = `{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"a","version":"1"}}`
    const tools = `{"tools":[{"name":"deep","inputSchema":${schema}},{"name":"fine","inputSchema":{"type":"object"}}]}`
    const result = method === "initialize" ? hello : tools
    response.writeHead(id === undefined ? 202 : 200, { "content-type": "application/json" })
    response.end(id === undefined ? "" : `{"jsonrpc":"2.0","id":${id},"result":${result}}`)
    return true
  }
  const seen = await list(server)
  expect(seen.tools.map(({ name }) => name)).toEqual(["fine"])
  expect(seen.leftOut).toContain("1 of its tools")
})

test("whoever stops waiting ends the exchange, and is told nothing of it", async () => {
  const server = await serverWith({ name: "slow", act: () => new Promise(() => {}) })
  const stop = new AbortController()
  const asked = callTool(openTo(server), at(server), {
    name: "slow",
    args: {},
    signal: stop.signal,
  })
  await expect.poll(() => server.called.length).toBe(1)
  stop.abort(new Error("stopped"))
  await expect(asked).rejects.toThrow("stopped")
})
