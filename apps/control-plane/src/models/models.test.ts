import type { ModelProviderStatus, ModelRoleStatus } from "@vibecaas/contract/kinds/models"
import { systemClock } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { masterKey } from "@vibecaas/kernel/seal"
import { makeListener } from "@vibecaas/reconcile/listen"
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest"
import { defaultBudgets } from "../agents/index.ts"
import { answerOf } from "../agents/simulators/behaviours.ts"
import { type Simulator, startSimulator } from "../agents/simulators/simulator.ts"
import { askBriefly } from "../agents/work/ask-briefly.ts"
import { type TestPerson, testClient } from "../http/testing/test-client.ts"
import { type TestServer, testServer } from "../http/testing/test-server.ts"
import { readLiveModels } from "../main/models.ts"
import { makePlatformVault } from "../secrets/index.ts"
import { testPlatformVault } from "../secrets/testing/test-vault.ts"
import { type LiveModels, makeLiveModels } from "./live-models.ts"
import { makeModelsKind } from "./make-models.ts"

const goodKey = "sk-ant-good-0123456789abcd"
const environment = {
  roles: { testing: "openai:gpt-from-environment" },
  settings: { OPENAI_API_KEY: "sk-environment-0123456789" },
}

let simulator: Simulator
let server: TestServer
let admin: TestPerson
let live: LiveModels

beforeAll(async () => {
  const behave = () => ({ brain: () => answerOf({ text: "ready" }) })
  simulator = await startSimulator({ behave, clock: systemClock, apiKey: goodKey })
  server = await testServer({
    kinds: (db) => {
      const asking = { vault: testPlatformVault, fetch }
      live = makeLiveModels({ ...asking, database: db.database, environment })
      const kind = makeModelsKind({ ...db, ...asking, models: live, budgets: defaultBudgets })
      return { models: kind }
    },
  })
  const { userId, email, password } = await server.person("Ada")
  await server.db.adminPool.query("insert into platform_admins (user_id) values ($1)", [userId])
  admin = await testClient(server.origin).signIn(email, password)
})
afterAll(async () => {
  await server?.close()
  await simulator?.close()
})
beforeEach(async () => {
  await server.db.adminPool.query(
    "delete from model_providers; delete from model_roles; delete from platform_keys",
  )
  await live.read()
})

const set = (provider: string, body: object) =>
  admin.call(`PUT /models/providers/${provider}`, { body })
const trial = (provider: string, body: object = {}) =>
  admin.call(`POST /models/providers/${provider}/test`, { body })
const setAnthropic = (key = goodKey) =>
  set("anthropic", { key, address: simulator.url("anthropic") })
const setting = { models: null, temperature: null, outputTokensMax: null, tokensMax: null }
const setRole = (role: string, body: object) =>
  admin.call(`PUT /models/roles/${role}`, { body: { ...setting, centsMax: null, ...body } })
const providerNow = async (name: string) => {
  const { body } = await admin.call("GET /models/providers")
  const { items } = body as { items: ModelProviderStatus[] }
  return items.find((each) => each.name === name)
}
const signal = new AbortController().signal

test("a key that is set is the one that the next call carries, and nobody is shown it", async () => {
  const answer = await setAnthropic()
  expect(answer).toMatchObject({
    status: 200,
    body: { from: "here", hasKey: true, setBy: "Ada", wrong: null },
  })
  const tried = await trial("anthropic")
  expect(tried.body).toMatchObject({
    ok: true,
    model: "claude-haiku-4-5",
    say: "It answered “ready”.",
  })
  expect(simulator.heard.at(-1)?.headers["x-api-key"]).toBe(goodKey)
  // Nobody chose a model: whoever set a key wants it to be used.
  expect(live.for("planning").info).toMatchObject({ model: "claude-sonnet-4-5", simulated: true })
  await askBriefly(live.for("planning"), { clock: systemClock, signal })
  expect(simulator.heard.at(-1)).toMatchObject({ model: "claude-sonnet-4-5" })

  const listed = await admin.call("GET /models/providers")
  const { rows } = await server.db.adminPool.query(`
    select to_jsonb(p)::text as said from model_providers p
    union all select to_jsonb(k)::text from platform_keys k
    union all select to_jsonb(a)::text from audit_records a`)
  const told = JSON.stringify([answer, tried, listed, rows])
  expect(told).toContain("model_provider.set")
  expect(told).not.toContain(goodKey)
})

test("a key that the provider refuses is told in words, without the key", async () => {
  await setAnthropic("sk-ant-wrong-0123456789")
  expect((await trial("anthropic")).body).toMatchObject({
    ok: false,
    say: "The model's server refused the key (401).",
  })
  await set("compatible", { address: "http://127.0.0.1:9/v1" })
  expect((await trial("compatible", { model: "llama3:8b" })).body).toMatchObject({
    ok: false,
    say: "The model's server cannot be reached.",
  })
  expect(await trial("compatible")).toMatchObject({
    status: 422,
    body: { fields: { "/model": {} } },
  })
})

test("what is set here replaces all of the environment's, which counts again when it is removed", async () => {
  expect(await providerNow("openai")).toMatchObject({ from: "environment", hasKey: true })
  const without = await set("openai", { address: simulator.url("openai") })
  expect(without).toMatchObject({ status: 422, body: { fields: { "/key": expect.any(String) } } })
  await set("openai", { key: goodKey })
  expect(live.settings()).toMatchObject({ OPENAI_API_KEY: goodKey, OPENAI_BASE_URL: undefined })
  const removed = await admin.call("DELETE /models/providers/openai")
  expect(removed.body).toMatchObject({ from: "environment", setBy: null })
  expect(live.settings()).toMatchObject({ OPENAI_API_KEY: "sk-environment-0123456789" })
})

test("another replica hears of it at once", async () => {
  const listener = makeListener({ ...server.db, url: server.db.urls.app, log: silentLog })
  const asking = { vault: testPlatformVault, fetch, environment }
  const parts = { database: server.db.database, listener, log: silentLog }
  const other = await readLiveModels(asking, parts)
  listener.start()
  try {
    expect(other.for("planning").info.provider).toBe("offline")
    await setAnthropic()
    await vi.waitFor(() => expect(other.for("planning").info.provider).toBe("anthropic"), 5000)
  } finally {
    await listener.close()
  }
})

test("a key that was sealed by another master key is said to be that, and the server goes on", async () => {
  await setAnthropic()
  const other = masterKey(new Uint8Array(32).fill(9))
  const vault = makePlatformVault({ masterKey: other })
  const parts = { database: server.db.database, vault, environment, fetch }
  const elsewhere = makeLiveModels(parts)
  await elsewhere.read()
  const reach = elsewhere.reaches().find(({ provider }) => provider.name === "anthropic")
  expect(reach).toMatchObject({ key: undefined, wrong: expect.stringContaining("Set it again") })
  expect(elsewhere.for("planning").info.provider).toBe("offline")
})

test("a role asks what was set for it, and one whose key is gone says why it cannot", async () => {
  const unknown = await setRole("backend", { models: "google:gemini-2.5-pro" })
  expect(unknown).toMatchObject({
    status: 422,
    body: { fields: { "/models": expect.stringContaining("Models of Google need") } },
  })
  await setAnthropic()
  const line = "anthropic:claude-opus-4-5, offline"
  const answer = await setRole("backend", { models: line, temperature: 0.3, centsMax: 50 })
  expect(answer.body).toMatchObject({
    ...{ from: "here", set: { models: line, temperature: 0.3, centsMax: 50 }, setBy: "Ada" },
    asks: { model: "claude-opus-4-5", fallbacks: [{ provider: "offline" }] },
    usual: { models: "anthropic:claude-sonnet-4-5" },
  })
  expect(live.limits("backend")).toMatchObject({ temperature: 0.3, centsMax: 50 })
  await admin.call("DELETE /models/providers/anthropic")
  const entry = live.for("backend")
  expect(await askBriefly(entry, { clock: systemClock, signal })).toEqual({
    ok: false,
    say: expect.stringContaining("Models of Anthropic need"),
  })
  expect(entry.next?.info.provider).toBe("offline")
})

test("every role says who chose its model", async () => {
  await setAnthropic()
  await setRole("planning", { models: "offline" })
  const { body } = await admin.call("GET /models/roles")
  const { items } = body as { items: ModelRoleStatus[] }
  expect(Object.fromEntries(items.map(({ role, from }) => [role, from]))).toMatchObject({
    planning: "here",
    testing: "environment",
    backend: "recommended",
  })
})
