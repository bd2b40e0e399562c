import { resolve } from "node:path"
import { Client } from "@modelcontextprotocol/sdk/client/index.js"
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js"
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js"
import { grantable } from "@vibecaas/contract/key-permissions"
import type { ApiKeyWithSecret } from "@vibecaas/contract/kinds/keys"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { KeyUse } from "../../keys/index.ts"
import { allKinds } from "../testing/all-kinds.ts"
import { type TestPerson, testClient } from "../testing/test-client.ts"
import { type TestServer, testServer } from "../testing/test-server.ts"

/** Loops do not run here: what agents would do to a run is written by the tests. */
let server: TestServer
let mara: TestPerson
const clients: Client[] = []
beforeAll(async () => {
  let use: KeyUse
  server = await testServer({
    kinds: (db, accounts) => {
      const kinds = allKinds(db, { root: resolve("/nonexistent"), accounts })
      use = kinds.keys
      return kinds.all
    },
    keys: () => use,
  })
  mara = await server.person("Mara")
  await server.db.adminPool.query("update organization_plans set plan = 'team'")
})
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()))
  await server.close()
})

let names = 0
async function keyOf(wanted: object = {}, who = mara): Promise<ApiKeyWithSecret> {
  const body = { name: `Assistant ${++names}`, permissions: grantable("owner"), ...wanted }
  const answer = await who.call(`POST /organizations/${who.organizationId}/api-keys`, { body })
  expect(answer.status).toBe(201)
  return answer.body as ApiKeyWithSecret // as the reply's schema has it
}

/** The SDK's own client, over a socket, as assistants use it. */
async function connect(secret: string): Promise<Client> {
  const headers = { authorization: `Bearer ${secret}` }
  const url = new URL("/api/v1/mcp", server.origin)
  const transport = new StreamableHTTPClientTransport(url, { requestInit: { headers } })
  const client = new Client({ name: "test", version: "1" })
  // Its optional members may be undefined, which the SDK's own type of transports does not say.
  await client.connect(transport as Parameters<Client["connect"]>[0])
  clients.push(client)
  return client
}

const call = async (client: Client, name: string, args: Record<string, unknown> = {}) =>
  (await client.callTool({ name, arguments: args })) as CallToolResult
const wordsOf = ({ content }: CallToolResult) =>
  content.map((each) => (each.type === "text" ? each.text : "")).join("\n")
// biome-ignore lint/suspicious/noExplicitAny: what a tool tells is looked at by the tests
const told = (result: CallToolResult): any => {
  expect(result.isError, wordsOf(result)).not.toBe(true)
  return result.structuredContent
}

async function startedRun(client: Client): Promise<{ projectId: string; runId: string }> {
  const project = told(await call(client, "create_project", { name: "Tulips" }))
  const goal = "A list of books with title, author and pages"
  const run = told(
    await call(client, "start_run", { projectId: project.id, goal, confirm: "auto" }),
  )
  return { projectId: project.id, runId: run.id }
}

test("an assistant is told what it may call, with what each call takes", async () => {
  const client = await connect((await keyOf()).secret)
  expect(client.getServerVersion()).toMatchObject({ name: "vibecaas" })
  expect(client.getInstructions()).toContain("for the person")
  const { tools } = await client.listTools()
  const byName = new Map(tools.map((tool) => [tool.name, tool]))
  for (const name of ["list_projects", "create_project", "wait_for_run", "answer_question"])
    expect([...byName.keys()]).toContain(name)
  expect(byName.get("read_file")).toMatchObject({
    annotations: { readOnlyHint: true },
    inputSchema: { type: "object", required: ["projectId", "path"], additionalProperties: false },
  })
  expect(byName.get("create_project")?.inputSchema.properties).not.toHaveProperty("attachments")
  expect(JSON.stringify(tools).length).toBeLessThan(40_000)
})

test("an assistant whose key may only look is not told of more, and is refused what it calls anyway", async () => {
  const client = await connect((await keyOf({ permissions: ["project:read"] })).secret)
  const names = (await client.listTools()).tools.map(({ name }) => name)
  expect(names).toContain("read_file")
  expect(names).not.toContain("create_project")
  expect(names).not.toContain("wait_for_run")
  const refused = await call(client, "create_project", { name: "More" })
  expect(refused).toMatchObject({ isError: true, structuredContent: { code: "forbidden" } })
  expect(wordsOf(refused)).toContain("it lacks project:create")
})

test("a prompt without a language model comes back as a question, and is built when the person says so", async () => {
  const client = await connect((await keyOf()).secret)
  const prompt = "A poll where visitors vote for one of three lunches"
  const { id, proposal, run } = told(await call(client, "create_project", { prompt }))
  expect(run).toBeUndefined()
  expect(proposal).toMatchObject({ state: "waiting", goal: prompt })
  const [choice] = proposal.choices
  const starter = { id: choice.starterId, parameters: choice.values }
  const confirmed = told(
    await call(client, "confirm_proposal", { proposalId: proposal.id, starter }),
  )
  expect(confirmed).toMatchObject({ state: "confirmed", runId: expect.any(String) })
  expect(told(await call(client, "get_run", { runId: confirmed.runId }))).toMatchObject({
    projectId: id,
  })
})

test("who waits for a run hears how far it is, what it asks, and how it ended", async () => {
  const { key, secret } = await keyOf({ name: "Editor" })
  const client = await connect(secret)
  const { runId } = await startedRun(client)
  const heard: string[] = []
  const waitFor = (seconds: number) =>
    client.callTool({ name: "wait_for_run", arguments: { runId, seconds } }, undefined, {
      onprogress: ({ message }) => void heard.push(message ?? ""),
    }) as Promise<CallToolResult>

  const still = await waitFor(1)
  expect(told(still)).toMatchObject({ id: runId, state: "queued" })
  expect(wordsOf(still)).toContain("still at work")
  expect(heard[0]).toContain("queued: 0 of 1 tasks done")

  const { adminPool } = server.db
  const inquiryId = server.db.newId("inq")
  const text = `
    insert into run_inquiries (id, organization_id, run_id, kind, call, state, text, choices, asked_at)
    values ($1, $2, $3, 'question', 'test', 'open', 'Which colour?', '[]', now())`
  await adminPool.query(text, [inquiryId, mara.organizationId, runId])
  const asks = await waitFor(30)
  expect(wordsOf(asks)).toContain(`${inquiryId}: Which colour?`)
  const answered = await call(client, "answer_question", { runId, inquiryId, answer: "Red" })
  expect(told(answered)).toMatchObject({ answer: "Red", answeredBy: "Editor (API key)" })

  const ending = waitFor(30)
  await adminPool.query("update runs set state = 'failed', failure = 'It rained.' where id = $1", [
    runId,
  ])
  expect(told(await ending)).toMatchObject({ state: "failed", failure: "It rained." })
  const { rows } = await adminPool.query(
    "select actor_kind, actor_id, ip from audit_records where subject = $1 and action = 'run.start'",
    [runId],
  )
  expect(rows).toEqual([{ actor_kind: "key", actor_id: key.id, ip: "127.0.0.1" }])
})

test("another organization's project does not exist, and one beyond a key's limits neither", async () => {
  const client = await connect((await keyOf()).secret)
  const { id } = told(await call(client, "create_project", { name: "Mine" }))
  const ines = await server.person("Ines")
  const stranger = await connect((await keyOf({}, ines)).secret)
  const other = told(await call(client, "create_project", { name: "Other" }))
  const limited = await connect((await keyOf({ projects: [other.id] })).secret)
  for (const each of [stranger, limited]) {
    const answer = await call(each, "get_project", { projectId: id })
    expect(answer).toMatchObject({ isError: true, structuredContent: { code: "not_found" } })
  }
  expect(told(await call(limited, "list_projects")).items).toMatchObject([{ id: other.id }])
  expect((await limited.listTools()).tools.map(({ name }) => name)).not.toContain("create_project")
})

test("what an argument lacks or has too much is said in words", async () => {
  const client = await connect((await keyOf()).secret)
  const wrong = async (name: string, args: object) => {
    const answer = await call(client, name, { ...args })
    expect(answer.isError).toBe(true)
    return wordsOf(answer)
  }
  expect(await wrong("get_project", {})).toContain("Say projectId")
  expect(await wrong("get_project", { projectId: "x", force: true })).toContain("“force”")
  expect(await wrong("create_project", { name: "" })).toContain("/name: Use at least 2 characters")
  expect(await wrong("wait_for_run", { runId: "run_1", seconds: 600 })).toContain("at most 50")
  await expect(client.callTool({ name: "drop_tables", arguments: {} })).rejects.toThrow(
    "There is no tool",
  )
})

test("a revoked key is refused in the midst of its work, and a wait under way ends with it", async () => {
  const { key, secret } = await keyOf()
  const client = await connect(secret)
  const { runId } = await startedRun(client)
  const waiting = call(client, "wait_for_run", { runId, seconds: 40 })
  expect((await mara.call(`DELETE /api-keys/${key.id}`)).status).toBe(204)
  const ended = await waiting
  expect(ended).toMatchObject({ isError: true, structuredContent: { code: "unauthenticated" } })
  await expect(client.listTools()).rejects.toThrow(/401|known here/)
})

test("a key waits for so many runs at once and no more", async () => {
  const client = await connect((await keyOf()).secret)
  const { runId } = await startedRun(client)
  const waits = Array.from({ length: 6 }, () => call(client, "wait_for_run", { runId, seconds: 3 }))
  const answers = await Promise.all(waits)
  expect(answers.filter(({ isError }) => isError)).toHaveLength(1)
})

const raw = (
  headers: Record<string, string>,
  body: unknown = { jsonrpc: "2.0", id: 1, method: "tools/list" },
) =>
  testClient(server.origin).send("POST /api/v1/mcp", {
    headers: { accept: "application/json, text/event-stream", ...headers },
    body,
  })

test("only a key comes in: no cookie, no page of another site, no session, nothing but messages", async () => {
  const { secret } = await keyOf()
  const authorization = `Bearer ${secret}`
  expect((await raw({ authorization })).status).toBe(200)
  const none = await raw({})
  expect([none.status, none.headers["www-authenticate"]]).toEqual([401, "Bearer"])
  const cookie = await raw({ cookie: mara.cookie, origin: server.origin })
  expect(cookie).toMatchObject({
    status: 401,
    body: { detail: expect.stringContaining("API key") },
  })
  const page = await raw({ authorization, origin: "https://evil.example" })
  expect(page).toMatchObject({ status: 403, body: { code: "origin_refused" } })
  expect(await raw({ authorization }, [])).toMatchObject({ status: 400 })
  expect(await raw({ authorization }, { text: "x".repeat(300_000) })).toMatchObject({ status: 413 })
  for (const method of ["GET", "DELETE"]) {
    const answer = await testClient(server.origin).send(`${method} /api/v1/mcp`)
    expect([answer.status, answer.headers.allow]).toEqual([405, "POST"])
  }
})
