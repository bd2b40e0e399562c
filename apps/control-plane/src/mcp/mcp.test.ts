import type { ToolMode } from "@vibecaas/contract/kinds/mcp"
import { isFault } from "@vibecaas/kernel/fault"
import { afterAll, beforeAll, expect, test } from "vitest"
import { changeServer, lookAgain, removeServer, type ServerChange } from "./change-server.ts"
import { connectServer } from "./connect-server.ts"
import { calledAs } from "./mcp-server.ts"
import { mcpWorld } from "./testing/mcp-world.ts"
import { startToolServer, type ToolServer } from "./testing/tool-server.ts"

let world: Awaited<ReturnType<typeof mcpWorld>>
let server: ToolServer
beforeAll(async () => {
  server = await startToolServer()
  world = await mcpWorld(server)
})
afterAll(async () => {
  await world.close()
  await server.close()
})

const secret = "a-secret-of-mine"
const headers = [{ name: "Authorization", value: secret }]

async function connected(name = "tickets") {
  const projectId = await world.project()
  const wanted = { projectId, name, url: server.url, headers }
  const { id: serverId } = await world.act((ctx) => connectServer(ctx, world.parts, wanted))
  return { projectId, serverId }
}
type Of = Awaited<ReturnType<typeof connected>>

const change = (of: Of, set: ServerChange, ifMatch?: number) =>
  world.act((ctx) => changeServer(ctx, world.parts, { ...of, ifMatch, set }))
const look = async (of: Of) => {
  await world.act((ctx) => lookAgain(ctx, of))
  await world.settle()
  return world.show(of.serverId)
}
const modesOf = async ({ serverId }: Of) =>
  Object.fromEntries(
    (await world.show(serverId))?.tools.map(({ name, mode }) => [name, mode]) ?? [],
  )
const set = (of: Of, modes: Record<string, ToolMode>) => change(of, { modes })

/** Fails with a fault of that code, whose sentences say this. */
const refused = (code: Parameters<typeof isFault>[1], say = "") =>
  expect.toSatisfy(
    (error: unknown) =>
      isFault(error, code) && JSON.stringify([error.say, error.fields]).includes(say),
    `${code} that says ${say}`,
  )

test("a server that is connected is looked at, its tools are off, and its header is sealed", async () => {
  server.tools = [{ name: "create", description: "Creates" }]
  const of = await connected()
  expect(await world.show(of.serverId)).toMatchObject({ state: "looking", tools: [] })
  await world.settle()
  const shown = await world.show(of.serverId)
  expect(shown).toMatchObject({
    ...{ state: "ready", calls: "Test tools 1.2.3", headers: [{ name: "Authorization" }] },
    tools: [{ name: "create", calledAs: "mcp_tickets_create", mode: "off", changed: false }],
  })
  expect(server.heard.at(-1)?.authorization).toBe(secret)
  const { rows } = await world.db.adminPool.query(
    "select s::text as row from mcp_servers s union all select a::text from audit_records a union all select e::text from live_events e",
  )
  expect(rows.length).toBeGreaterThan(3)
  expect(rows.filter(({ row }) => row.includes(secret))).toEqual([])
  expect(JSON.stringify(shown)).not.toContain(secret)
  expect(await world.parts.due()).toEqual([])
})

test("a tool that is new or changed is off after the next look, others stay as people decided", async () => {
  server.tools = [{ name: "same" }, { name: "other", description: "Reads" }, { name: "going" }]
  const of = await connected()
  await world.settle()
  await set(of, { same: "allowed", other: "allowed", going: "ask" })
  server.tools = [{ name: "same" }, { name: "other", description: "Deletes" }, { name: "new" }]
  const shown = await look(of)
  expect(shown?.tools).toMatchObject([
    { name: "same", mode: "allowed", changed: false },
    { name: "other", mode: "off", changed: true, description: "Deletes" },
    { name: "new", mode: "off", changed: false },
  ])
  server.tools.push({ name: "going" })
  await look(of)
  expect(await modesOf(of)).toEqual({ same: "allowed", other: "off", new: "off", going: "off" })
  await set(of, { other: "ask" })
  expect((await world.show(of.serverId))?.tools[1]).toMatchObject({ mode: "ask", changed: false })
})

test("words beyond what is kept count as a change, too", async () => {
  const long = "d".repeat(2000)
  server.tools = [{ name: "tool", description: `${long} reads` }]
  const of = await connected()
  await world.settle()
  await set(of, { tool: "allowed" })
  server.tools = [{ name: "tool", description: `${long} deletes` }]
  expect((await look(of))?.tools).toMatchObject([{ mode: "off", changed: true }])
})

test("a server that cannot be reached says why, and what was decided stays", async () => {
  server.tools = [{ name: "tool" }]
  const of = await connected()
  await world.settle()
  await set(of, { tool: "ask" })
  server.before = (_, response) => {
    response.writeHead(401).end()
    return true
  }
  const shown = await look(of)
  server.before = () => false
  expect(shown).toMatchObject({
    ...{ state: "unreachable", tools: [{ mode: "ask" }] },
    stateDetail: expect.stringContaining("(401)"),
  })
  expect(await look(of)).toMatchObject({ state: "ready", stateDetail: null })
})

test("a tool whose arguments are not understood cannot be let to agents", async () => {
  const inputSchema = { type: "object", properties: { a: { $ref: "https://else.example" } } }
  server.tools = [{ name: "odd", inputSchema }, { name: "fine" }]
  const of = await connected()
  await world.settle()
  expect((await world.show(of.serverId))?.tools[0]?.unusable).toContain("not understood")
  await expect(set(of, { odd: "ask" })).rejects.toEqual(refused("invalid", "not understood"))
  await expect(set(of, { none: "ask" })).rejects.toEqual(refused("invalid", "no tool none"))
})

test("agents of a project have thirty tools at most, of all its servers together", async () => {
  server.tools = Array.from({ length: 31 }, (_, at) => ({ name: `t${at}` }))
  const of = await connected()
  await world.settle()
  const all = Object.fromEntries(server.tools.map(({ name }) => [name, "ask" as const]))
  await expect(set(of, all)).rejects.toEqual(refused("invalid", "30 tools"))
  expect(new Set(Object.values(await modesOf(of)))).toEqual(new Set(["off"]))
  await set(of, { ...all, t0: "off" })
  await expect(set(of, { t0: "ask" })).rejects.toEqual(refused("invalid", "30 tools"))
})

test("values that were given for one address are never sent to another", async () => {
  server.tools = [{ name: "tool" }]
  const of = await connected()
  await world.settle()
  await set(of, { tool: "allowed" })
  const url = server.url.replace("/mcp", "/other")
  await expect(change(of, { url })).rejects.toEqual(refused("invalid", "other address"))
  const kept = { url, headers: [{ name: "Authorization" }] }
  await expect(change(of, kept)).rejects.toEqual(refused("invalid", "Write a value"))
  await change(of, { url, headers: [{ name: "Authorization", value: "another" }] })
  await world.settle()
  expect(server.heard.at(-1)?.authorization).toBe("another")
  expect(await modesOf(of)).toEqual({ tool: "off" })
  await change(of, { headers: [{ name: "authorization" }, { name: "X-Team", value: "red" }] })
  await world.settle()
  expect(server.heard.at(-1)).toMatchObject({ authorization: "another", "x-team": "red" })
})

test("headers of the protocol, twice the same, and hosts that are not allowed are refused", async () => {
  const of = await connected()
  const put = (...names: string[]) =>
    change(of, { headers: names.map((name) => ({ name, value: "x" })) })
  await expect(put("Host")).rejects.toEqual(refused("invalid", "not yours to set"))
  await expect(put("Mcp-Session-Id")).rejects.toEqual(refused("invalid", "not yours to set"))
  await expect(put("X-A", "x-a")).rejects.toEqual(refused("invalid", "there twice"))
  const elsewhere = { url: "https://else.example/mcp", headers: [] }
  await expect(change(of, elsewhere)).rejects.toEqual(refused("invalid", "VIBECAAS_MCP_HOSTS"))
})

test("a project has ten servers at most, each with a name of its own", async () => {
  const of = await connected("s0")
  const connect = (name: string) =>
    world.act((ctx) =>
      connectServer(ctx, world.parts, { ...of, name, url: server.url, headers: [] }),
    )
  await expect(connect("s0")).rejects.toEqual(refused("name_taken"))
  for (let at = 1; at < 10; at++) await connect(`s${at}`)
  await expect(connect("s10")).rejects.toEqual(refused("quota_exceeded", "10 MCP servers"))
  await expect(change(of, { name: "s1" })).rejects.toEqual(refused("name_taken"))
})

test("one that is off is not asked, and asked again when it is on", async () => {
  const of = await connected()
  await world.settle()
  await change(of, { enabled: false })
  const before = server.heard.length
  await world.settle()
  expect(server.heard.length).toBe(before)
  expect(await world.show(of.serverId)).toMatchObject({ state: "off", enabled: false })
  await expect(world.act((ctx) => lookAgain(ctx, of))).rejects.toEqual(refused("wrong_state"))
  await change(of, { enabled: true })
  await world.settle()
  expect(await world.show(of.serverId)).toMatchObject({ state: "ready" })
})

test("a change is made on the version that was seen; what is removed is gone, with its tools", async () => {
  server.tools = [{ name: "tool" }]
  const of = await connected()
  await world.settle()
  await change(of, { name: "issues" }, 1)
  await expect(change(of, { name: "late" }, 1)).rejects.toEqual(refused("version_mismatch"))
  const other = { ...of, projectId: await world.project() }
  await expect(change(other, { name: "mine" })).rejects.toEqual(refused("not_found"))
  await world.act((ctx) => removeServer(ctx, world.parts, of))
  expect(await world.show(of.serverId)).toBeUndefined()
  const { rows } = await world.db.adminPool.query("select from mcp_tools where server_id = $1", [
    of.serverId,
  ])
  expect(rows).toEqual([])
  const told = await world.db.adminPool.query(
    "select action, details from audit_records where subject = $1 order by id",
    [of.serverId],
  )
  expect(told.rows.map(({ action }) => action)).toEqual([
    ...["mcp_server.connect", "mcp_server.change", "mcp_server.remove"],
  ])
})

test("a look that ends after somebody changed the address writes nothing of the old one", async () => {
  server.tools = [{ name: "old" }]
  const of = await connected()
  const asked: string[] = []
  server.before = async ({ url = "" }, response) => {
    asked.push(url)
    if (asked.length === 1) {
      await change(of, { url: server.url.replace("/mcp", "/new"), headers: [] })
    }
    if (url === "/new") response.writeHead(401).end()
    return url === "/new"
  }
  await world.settle()
  server.before = () => false
  expect(asked.at(-1)).toBe("/new")
  expect(await world.show(of.serverId)).toMatchObject({ state: "unreachable", tools: [] })
})

test("each tool has a name of its own that every maker of models takes", () => {
  const long = "a".repeat(90)
  const names = [
    ...["create", "create_issue", "create.issue", "create/issue", "create-issue", long, `${long}b`],
  ].map((tool) => calledAs("my-tickets", tool))
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^mcp_my-tickets_[A-Za-z0-9_-]+$/)
  expect(Math.max(...names.map(({ length }) => length))).toBeLessThanOrEqual(64)
  expect(names[0]).toBe("mcp_my-tickets_create")
})
