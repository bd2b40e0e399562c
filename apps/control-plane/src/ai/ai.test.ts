import type { LanguageModelV4StreamPart } from "@ai-sdk/provider"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { chooseModels } from "./models-of.ts"
import { type AiWorld, aiWorld, answered, pricedModel } from "./testing/ai-world.ts"
import { hello, refusal } from "./testing/expected.ts"

let world: AiWorld
beforeAll(async () => {
  world = await aiWorld({ bodyBytesMax: 200_000, perMinuteMax: 1000 })
})
beforeEach(() => {
  world.line.of = () => []
})
afterAll(() => world.close())

async function all<T>(pieces: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const piece of pieces) found.push(piece)
  return found
}

test("without a language model an answer says that it is simulated, streamed and whole", async () => {
  const { projectId, client } = await world.app()
  const { data, response } = await client.chat.completions.create(hello).withResponse()
  expect(data.choices[0]?.message.content).toContain("[simulated]")
  expect(data).toMatchObject({ model: "simulated", system_fingerprint: "simulated" })
  expect(response.headers.get("x-vibecaas-simulated")).toBe("true")
  const stream = await client.chat.completions.create({
    ...{ ...hello, stream: true },
    stream_options: { include_usage: true },
  })
  const chunks = await all(stream)
  const text = chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")
  expect(text).toBe(data.choices[0]?.message.content)
  expect(chunks.at(-1)?.usage).toEqual(data.usage)
  const models = await all(client.models.list())
  expect(models.map(({ id }) => id)).toEqual(["default", "fast"])
  // A call is counted once its answer is told: the client may have that before.
  await expect
    .poll(() => world.show(projectId))
    .toMatchObject({
      models: [
        { alias: "default", simulated: true },
        { alias: "fast", simulated: true },
      ],
      used: { tokens: 0, cents: 0, calls: 2 },
    })
})

test("a simulated object has the form of its schema, and a tool that must be called is called", async () => {
  const { client } = await world.app()
  const schema = {
    type: "object",
    properties: {
      mood: { enum: ["calm", "cross"] },
      tags: { type: "array", items: { $ref: "#/$defs/tag" } },
    },
    $defs: { tag: { type: "string" } },
  }
  const object = await client.chat.completions.create({
    ...hello,
    response_format: { type: "json_schema", json_schema: { name: "result", schema } },
  })
  expect(JSON.parse(object.choices[0]?.message.content ?? "")).toEqual({
    ...{ mood: "calm", tags: ["simulated"] },
  })
  const tools = [{ type: "function" as const, function: { name: "save", parameters: schema } }]
  const asked = { ...hello, tools, tool_choice: "required" as const }
  const called = await client.chat.completions.create(asked)
  expect(called.choices[0]).toMatchObject({
    finish_reason: "tool_calls",
    message: { content: null, tool_calls: [{ function: { name: "save" } }] },
  })
  const message = called.choices[0]?.message
  if (!message) throw new Error("nothing was answered")
  const result = { role: "tool" as const, tool_call_id: "call_simulated", content: "saved" }
  const after = await client.chat.completions.create({
    ...asked,
    messages: [...hello.messages, message, result],
  })
  expect(after.choices[0]?.message.content).toContain("[simulated]")
})

test("who fails before the first word is followed by the next of the line", async () => {
  const broken = pricedModel(async () => Promise.reject(new Error("overloaded")))
  const late = pricedModel([{ type: "error", error: new Error("overloaded") }])
  world.line.of = () => [broken, late, pricedModel(answered(1, 1))]
  const { client } = await world.app()
  expect((await client.chat.completions.create(hello)).choices[0]?.message.content).toBe(
    "Hello, app.",
  )
  world.line.of = () => [broken, late]
  expect(await refusal(client.chat.completions.create(hello))).toMatchObject({ status: 503 })
})

test("a stream that breaks off says so instead of ending like a whole answer", async () => {
  world.line.of = () => [pricedModel(answered(1, 1).slice(0, 3))]
  const { client } = await world.app()
  const stream = await client.chat.completions.create({ ...hello, stream: true })
  const error = await refusal(all(stream))
  expect(error.message).toContain("broke off")
  expect(await refusal(client.chat.completions.create(hello))).toMatchObject({ status: 502 })
})

test("a key opens the door of its own machine only, and none once AI was turned off and on", async () => {
  const { projectId, machine } = await world.app()
  const other = await world.app()
  const { OPENAI_API_KEY: foreign = "" } = await world.ai.variables(other.machine)
  const sibling = await world.machine(projectId)
  const { OPENAI_API_KEY: siblings = "" } = await world.ai.variables(sibling)
  const { OPENAI_API_KEY: own = "" } = await world.ai.variables(machine)
  expect(own).toMatch(/^vca-.{43}$/)
  for (const wrong of [foreign, siblings, "vca-", "é".repeat(47)]) {
    const client = await world.client(machine, wrong).catch(() => undefined)
    const refused = await refusal(
      client?.chat.completions.create(hello) ?? Promise.resolve(),
    ).catch(() => ({ status: 401 }))
    expect(refused.status).toBe(401)
  }
  await world.change(projectId, { enabled: false })
  expect(await world.ai.variables(machine)).toEqual({})
  await world.change(projectId, { enabled: true })
  const { OPENAI_API_KEY: later } = await world.ai.variables(machine)
  expect(later).toMatch(/^vca-/)
  expect(later).not.toBe(own)
  const client = await world.client(machine, own)
  expect(await refusal(client.chat.completions.create(hello))).toMatchObject({ status: 401 })
})

test("turned off, the door is closed with what comes by it, wherever that was done", async () => {
  world.line.of = () => [
    pricedModel(async () => ({
      stream: new ReadableStream<LanguageModelV4StreamPart>({
        start: (out) => out.enqueue({ type: "text-delta", id: "1", delta: "Once" }),
      }),
    })),
  ]
  const { projectId, client } = await world.app()
  const stream = await client.chat.completions.create({ ...hello, stream: true })
  const read = all(stream)
  read.catch(() => {})
  await world.change(projectId, { enabled: false })
  await expect(read).rejects.toThrow()
  await expect(client.models.list()).rejects.toThrow(/Connection error/)
})

test("bad requests are told what is wrong, and cost nothing", async () => {
  const { projectId, client } = await world.app()
  const create = (body: object) =>
    refusal(client.chat.completions.create({ ...hello, ...body } as typeof hello))
  expect(await create({ model: "gpt-5" })).toMatchObject({
    ...{ status: 404, code: "model_not_found" },
    message: expect.stringContaining("Use default or fast"),
  })
  expect(await create({ messages: [] })).toMatchObject({ status: 400, param: "messages" })
  expect(await create({ n: 3 })).toMatchObject({ status: 400, param: "n" })
  const image = { type: "image_url", image_url: { url: "http://169.254.169.254/latest" } }
  const withImage = await create({ messages: [{ role: "user", content: [image] }] })
  expect(withImage.message).toContain("addresses are not fetched")
  const orphan = { role: "tool", tool_call_id: "nobody", content: "x" }
  expect(await create({ messages: [orphan] })).toMatchObject({ status: 400 })
  const long = [{ role: "user", content: "x".repeat(300_000) }]
  expect(await create({ messages: long })).toMatchObject({ status: 413 })
  expect(await refusal(client.get("/nothing"))).toMatchObject({ status: 404 })
  expect((await world.show(projectId)).used.calls).toBe(0)
})

test("nothing of what was asked and answered is written down", async () => {
  const secret = "the-secret-of-the-question"
  world.line.of = () => [pricedModel(answered(1, 1)), pricedModel([])]
  const { client } = await world.app()
  const asked = { ...hello, messages: [{ role: "user" as const, content: secret }] }
  await client.chat.completions.create(asked)
  world.line.of = () => [pricedModel(async () => Promise.reject(new Error(`no ${secret}`)))]
  await refusal(client.chat.completions.create(asked))
  expect(world.logged()).not.toContain(secret)
  const tables = await world.rows(
    "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
    [],
  )
  for (const name of tables.map((row) => String(row.table_name))) {
    const found = `select 1 from "${name}" t where t::text like '%' || $1 || '%'`
    expect(await world.rows(found, [secret]), name).toEqual([])
  }
})

test("an organization chooses who answers, and an app’s next call follows it", async () => {
  const named = (name: string | null) => ({
    ...pricedModel(answered(1, 1)),
    info: { provider: "maker", model: name ?? "usual", simulated: false, label: `${name}` },
  })
  world.line.of = (name) => [named(name)]
  world.choices.push("maker:small", "maker:large")
  const { client } = await world.app()
  const who = async (model: string) =>
    (await client.chat.completions.create({ ...hello, model })).model
  expect([await who("default"), await who("fast")]).toEqual(["usual", "usual"])
  const choose = (set: Parameters<typeof chooseModels>[2]["set"]) =>
    world.act((ctx) => chooseModels(ctx, world, { set, ifMatch: undefined }))
  await choose({ default: "maker:large" })
  expect([await who("default"), await who("fast")]).toEqual(["maker:large", "maker:large"])
  await choose({ fast: "maker:small" })
  expect([await who("default"), await who("fast")]).toEqual(["maker:large", "maker:small"])
  await expect(choose({ fast: "maker:unknown" })).rejects.toMatchObject({ code: "invalid" })
  await choose({ default: null, fast: null })
})

test("who turned AI on, for how much and who allowed it stands in the audit, and no secret", async () => {
  const projectId = await world.project()
  await world.act((ctx) =>
    world.ai.turnOn(ctx, { projectId, tokensMax: 1000, centsMax: 7, approvedBy: "Mara" }),
  )
  const audit = await world.rows(
    "select details from audit_records where subject = $1 and action = 'project.ai'",
    [projectId],
  )
  expect(audit).toEqual([
    { details: { about: "Asks", enabled: true, tokensMax: 1000, centsMax: 7, approvedBy: "Mara" } },
  ])
})
