import type { IdOf } from "@vibecaas/contract/kinds"
import type { ToolMode } from "@vibecaas/contract/kinds/mcp"
import { silentLog } from "@vibecaas/kernel/log"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { testTurn } from "../db/testing/test-turn.ts"
import { changeServer, type ServerChange } from "../mcp/change-server.ts"
import { connectServer } from "../mcp/connect-server.ts"
import { makeMcpTools } from "../mcp/project-tools.ts"
import { mcpLoop } from "../mcp/reconcile-server.ts"
import { reachTo } from "../mcp/testing/mcp-world.ts"
import { startToolServer, type ToolServer } from "../mcp/testing/tool-server.ts"
import { createProject } from "../projects/index.ts"
import { testVault } from "../secrets/testing/test-vault.ts"
import { answerInquiry } from "./answer-inquiry.ts"
import { cancelRun } from "./cancel-run.ts"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"
import { makeLives } from "./testing/lives.ts"
import { oneTask } from "./testing/one-task.ts"
import { type Seen, scriptedModels } from "./testing/scripted-model.ts"

let server: ToolServer
let world: AgentsWorld

beforeAll(async () => {
  server = await startToolServer()
  const mcp = (db: AgentsWorld["db"]) =>
    makeMcpTools({ vault: testVault, reach: reachTo(db, server) })
  world = await agentsWorld({ models: scriptedModels(script), mcp })
})
afterAll(async () => {
  await world.close()
  await server.close()
})
beforeEach(() => {
  const inputSchema = {
    type: "object",
    properties: { title: { type: "string" } },
    required: ["title"],
  }
  server.called.length = 0
  server.tools = [
    { name: "create", description: "Creates a ticket.", inputSchema },
    { name: "read", description: "Reads one.", annotations: { readOnlyHint: true } },
  ]
})

/** Calls the tool that the goal names, with what it says, and writes down what came of it. */
function script({ role, goal, answers, results }: Seen) {
  if (role === "planning") {
    return answers === 0 ? oneTask({ kind: "files", paths: ["told.txt"] }) : { text: "Planned." }
  }
  const [name = "", title = ""] = goal.split(" ")
  if (answers === 0) return { calls: [{ name: `mcp_tickets_${name}`, input: { title } }] }
  return answers === 1
    ? { calls: [{ name: "write_file", input: { path: "told.txt", content: results } }] }
    : { text: "Done." }
}

const secret = "Bearer of-a-secret"

/** A project with a server whose tools were looked at, in these modes. */
async function project(modes: Record<string, ToolMode>) {
  const { db, org } = world
  const parts = {
    ...{ ...db, log: silentLog, vault: testVault, reach: reachTo(db, server) },
    due: async () => [],
  }
  const headers = [{ name: "Authorization", value: secret }]
  const { projectId, serverId } = await world.act(async (ctx) => {
    const { id: projectId } = await createProject(ctx, { name: "Try", preview: "private" })
    const wanted = { projectId, name: "tickets", url: server.url, headers }
    return { projectId, serverId: (await connectServer(ctx, parts, wanted)).id }
  })
  const loop = mcpLoop(parts)
  const key = { organizationId: org.organizationId, id: serverId }
  await loop.reconcile(await testTurn(db.adminPool, { loop: loop.name, key }))
  const change = (set: ServerChange) =>
    world.act((ctx) => changeServer(ctx, parts, { projectId, serverId, ifMatch: undefined, set }))
  await change({ modes })
  return { projectId, change }
}

async function run(goal: string, modes: Record<string, ToolMode>) {
  const { projectId, change } = await project(modes)
  const { runId } = await world.ask(goal, projectId)
  await world.settle()
  return { projectId, runId, change }
}

async function decide(runId: IdOf<"run">, answer: string) {
  const open = (await world.run(runId)).inquiries.find(({ state }) => state === "open")
  const of = { runId, inquiryId: open?.id ?? ("inq_" as never) }
  await world.act((ctx) => answerInquiry(ctx, of, answer))
}
const callOf = async (runId: IdOf<"run">) =>
  (await world.steps(runId)).filter(({ name }) => name.startsWith("mcp_"))
const toldIn = async (projectId: string) => (await world.tree(projectId))["told.txt"] ?? ""

test("a tool that is allowed is called at once; what it answers is marked as somebody else's words", async () => {
  const { projectId, runId } = await run("create Broken", { create: "allowed" })
  expect(await world.run(runId)).toMatchObject({ state: "partly", inquiries: [] })
  expect(server.called).toEqual([{ name: "create", args: { title: "Broken" } }])
  expect(server.heard.at(-1)?.authorization).toBe(secret)
  expect(await callOf(runId)).toMatchObject([
    {
      ...{ name: "mcp_tickets_create", title: "called create of tickets", ok: true },
      ...{ input: { title: "Broken" }, output: { answer: '{"title":"Broken"}', untrusted: true } },
    },
  ])
  expect(await toldIn(projectId)).toContain("untrusted")
  const { rows } = await world.db.adminPool.query(
    "select s::text as row from run_steps s where run_id = $1 union all select b::text from begun_calls b",
    [runId],
  )
  expect(rows.filter(({ row }) => row.includes("of-a-secret"))).toEqual([])
})

test("a tool that asks waits for a person, who sees the exact arguments, and is called once allowed", async () => {
  const { runId } = await run("create Bro\u202eken", { create: "ask" })
  const [asked] = (await world.run(runId)).inquiries
  expect(asked).toMatchObject({ kind: "approval", state: "open", choices: ["Allow", "Refuse"] })
  expect(asked?.text).toBe(
    `Call create of the MCP server tickets (${server.host}) with:\n{\n  "title": "Bro\\u{202e}ken"\n}`,
  )
  expect(server.called).toEqual([])
  await decide(runId, "Allow")
  await world.settle()
  expect(server.called).toEqual([{ name: "create", args: { title: "Bro\u202eken" } }])
  expect(await world.run(runId)).toMatchObject({ state: "partly" })
})

test("any other answer lets nothing be called, and the agent is told it", async () => {
  const { projectId, runId } = await run("create Broken", { create: "ask" })
  await decide(runId, "We have no tickets left")
  await world.settle()
  expect(server.called).toEqual([])
  expect(await toldIn(projectId)).toContain("We have no tickets left. Nothing was called.")
})

test("what was turned off while a person thought about it is not called, though they allow it", async () => {
  const { projectId, runId, change } = await run("create Broken", { create: "ask" })
  await change({ modes: { create: "off" } })
  await decide(runId, "Allow")
  await world.settle()
  expect(server.called).toEqual([])
  expect(await toldIn(projectId)).toContain("mcp_tickets_create off. Nothing was called")
})

test("an allowed call that asks by now waits, too; of a server that is off nothing is called", async () => {
  const { projectId, change } = await project({ create: "allowed" })
  await change({ enabled: false })
  const { runId } = await world.ask("create Broken", projectId)
  await world.settle()
  expect(server.called).toEqual([])
  expect((await callOf(runId))[0]?.title).toContain("There is no tool mcp_tickets_create")
})

test("agents are told of tools that are on, in their server's words, and planners of none", async () => {
  const { projectId } = await project({ create: "ask" })
  const models = scriptedModels(({ role }) =>
    role === "planning"
      ? oneTask({ kind: "files", paths: ["a.txt"] })
      : { calls: [{ name: "none", input: {} }], text: "" },
  )
  const heard: { role: string; names: string[]; said: string }[] = []
  const listening = {
    for: (role: Parameters<typeof models.for>[0]) => {
      const entry = models.for(role)
      const doStream: typeof entry.model.doStream = (options) => {
        const tools = (options.tools ?? []).filter(({ name }) => name.startsWith("mcp_"))
        heard.push({ role, names: tools.map(({ name }) => name), said: JSON.stringify(tools) })
        return entry.model.doStream(options)
      }
      return { ...entry, model: { ...entry.model, doStream } }
    },
  }
  const { loops } = world.agentsWith({ models: listening })
  const { runId } = await world.ask("create Broken", projectId)
  for (const name of ["tasks", "runs", "tasks"]) {
    const loop = loops.find((each) => each.name === name)
    for (const key of (await loop?.due(new AbortController().signal)) ?? []) {
      await loop?.reconcile(await testTurn(world.db.adminPool, { loop: name, key }))
    }
  }
  await world.act((ctx) => cancelRun(ctx, runId))
  await world.settle()
  const planner = heard.filter(({ role }) => role === "planning")
  expect(planner.length).toBeGreaterThan(0)
  expect(planner.flatMap(({ names }) => names)).toEqual([])
  const builder = heard.find(({ role }) => role === "backend")
  expect(builder?.names).toEqual(["mcp_tickets_create"])
  expect(builder?.said).toContain("Creates a ticket.")
})

test("arguments that do not fit are not sent, and nobody is asked about them", async () => {
  server.tools = [
    {
      name: "create",
      inputSchema: { type: "object", properties: { title: { type: "integer" } } },
    },
  ]
  const { runId } = await run("create Broken", { create: "ask" })
  expect(await world.run(runId)).toMatchObject({ inquiries: [] })
  expect(server.called).toEqual([])
  expect((await callOf(runId))[0]?.title).toContain("do not fit")
})

test("a server that fails, or answers too much, is told to the agent as that", async () => {
  const text = "x".repeat(300_000)
  server.tools = [{ name: "create", act: () => ({ content: [{ type: "text", text }] }) }]
  const huge = await run("create Broken", { create: "allowed" })
  expect((await callOf(huge.runId))[0]).toMatchObject({ ok: false })
  expect(await toldIn(huge.projectId)).toContain("Whether the call took effect is not known")
  const content = [{ type: "text", text: "No such project." }]
  server.tools = [{ name: "create", act: () => ({ content, isError: true }) }]
  const failed = await run("create Broken", { create: "allowed" })
  expect((await callOf(failed.runId))[0]).toMatchObject({
    ...{ ok: false, title: "called create of tickets, which failed" },
    output: { answer: "No such project.", untrusted: true },
  })
})

test("killed after a call took effect but before that is in the journal, a run asks before it calls again", async () => {
  const { projectId } = await project({ create: "allowed" })
  const { runId } = await world.ask("create Broken", projectId)
  const lives = makeLives(world)
  while (server.called.length === 0) expect(await lives.live("before:2")).toBe(false)
  expect(await callOf(runId)).toEqual([])
  expect(await lives.live("never")).toBe(true)
  const [asked] = (await world.run(runId)).inquiries
  expect(asked).toMatchObject({ kind: "approval", state: "open" })
  expect(asked?.text).toContain("nobody knows whether it took effect")
  expect(asked?.text).toContain('"title": "Broken"')
  expect(server.called).toHaveLength(1)
  await decide(runId, "It is there already")
  expect(await lives.live("never")).toBe(true)
  expect(server.called).toHaveLength(1)
  expect(await toldIn(projectId)).toContain("It is there already")
})

test("killed twice in the middle of a call, a run asks each time, and calls as often as it is allowed", async () => {
  const { projectId } = await project({ create: "ask" })
  const { runId } = await world.ask("create Broken", projectId)
  const lives = makeLives(world)
  expect(await lives.live("never")).toBe(true)
  for (const calls of [1, 2]) {
    await decide(runId, "Allow")
    expect(await lives.live("before:1")).toBe(false)
    expect(server.called).toHaveLength(calls)
    expect(await lives.live("never")).toBe(true)
  }
  await decide(runId, "Allow")
  expect(await lives.live("never")).toBe(true)
  expect(server.called).toHaveLength(3)
  expect((await world.run(runId)).inquiries.map(({ answer }) => answer)).toEqual([
    ...["Allow", "Allow", "Allow"],
  ])
  expect(await callOf(runId)).toMatchObject([{ ok: true }])
})

test("a call that does no harm twice is made again without a question", async () => {
  const { projectId } = await project({ read: "allowed" })
  const { runId } = await world.ask("read Broken", projectId)
  const lives = makeLives(world)
  while (server.called.length === 0) expect(await lives.live("before:2")).toBe(false)
  expect(await lives.live("never")).toBe(true)
  expect(server.called).toHaveLength(2)
  expect(await world.run(runId)).toMatchObject({ state: "partly", inquiries: [] })
})

test("what a tool answered stands in the conversation after a restart, though it is off by then", async () => {
  const { projectId, change } = await project({ create: "allowed" })
  const { runId } = await world.ask("create Broken", projectId)
  const lives = makeLives(world)
  while ((await callOf(runId)).length === 0) expect(await lives.live("after:1")).toBe(false)
  await change({ modes: { create: "off" } })
  expect(await lives.live("never")).toBe(true)
  expect(server.called).toHaveLength(1)
  expect(await toldIn(projectId)).toContain('\\"title\\":\\"Broken\\"')
})
