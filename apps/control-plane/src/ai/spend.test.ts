import type { LanguageModelV4StreamPart } from "@ai-sdk/provider"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { type AiWorld, aiWorld, answered, pricedModel } from "./testing/ai-world.ts"
import { hello, refusal } from "./testing/expected.ts"

let world: AiWorld
beforeAll(async () => {
  world = await aiWorld({ atOnceMax: 2, perMinuteMax: 1000 })
})
beforeEach(() => {
  world.line.of = () => []
})
afterAll(() => world.close())

test("what a call used is counted of the app, its project and its organization, once", async () => {
  world.line.of = () => [pricedModel(answered(20, 3))]
  const { projectId, client } = await world.app()
  const { data, response } = await client.chat.completions.create(hello).withResponse()
  expect(data).toMatchObject({
    model: "clever",
    choices: [{ message: { content: "Hello, app." }, finish_reason: "stop" }],
    usage: { prompt_tokens: 20, completion_tokens: 3, total_tokens: 23 },
  })
  expect(response.headers.get("x-vibecaas-simulated")).toBe("false")
  const used = () => world.show(projectId).then((shown) => shown.used)
  await expect.poll(used).toEqual({ tokens: 23, cents: 0.03, calls: 1 })
  expect(
    await world.rows("select tokens, cost, ms from project_months where project_id = $1", [
      projectId,
    ]),
  ).toEqual([{ tokens: "23", cost: "300", ms: "0" }])
  const id = data.id.replace("chatcmpl-", "")
  expect(
    await world.rows(
      "select meter, quantity::int from usage_events where source_key = $1 order by meter",
      [id],
    ),
  ).toEqual([
    { meter: "agent.microdollars", quantity: 300 },
    { meter: "agent.tokens.input", quantity: 20 },
    { meter: "agent.tokens.output", quantity: 3 },
  ])
  expect(await world.rows("select 1 from quota_reservations where subject = $1", [id])).toEqual([])
  expect(await world.rows("select 1 from ai_calls", [])).toEqual([])
})

test("an app whose month is used up is told so in a sentence, and nobody is asked", async () => {
  let asked = 0
  world.line.of = () => [
    pricedModel(async () => {
      asked += 1
      return { stream: ReadableStream.from(answered(20, 60)) }
    }),
  ]
  const small = { ...hello, max_tokens: 60 }
  const { client } = await world.app({ centsMax: 1 })
  await client.chat.completions.create(small)
  const refused = await refusal(client.chat.completions.create(small))
  expect(refused).toMatchObject({
    status: 429,
    code: "insufficient_quota",
    type: "rate_limit_error",
  })
  expect(refused.message).toContain("The app has $0.0040 of this month’s $0.01 left")
  expect(refused.headers?.get("x-should-retry")).toBe("false")
  const { client: other } = await world.app({ tokensMax: 10 })
  expect((await refusal(other.chat.completions.create(small))).message).toContain("10 tokens left")
  expect(asked).toBe(1)
})

test("a budget of the project and the plan of the organization hold for its app", async () => {
  world.line.of = () => [pricedModel(answered(20, 3))]
  const { projectId, client } = await world.app()
  await world.db.adminPool.query(
    "insert into project_budgets (project_id, organization_id, tokens_max, version) values ($1, $2, 5, 1)",
    [projectId, world.org.organizationId],
  )
  const refused = await refusal(client.chat.completions.create(hello))
  expect(refused).toMatchObject({ status: 429, code: "insufficient_quota" })
  expect(refused.message).toContain("The project’s budget has")
  const { client: dear } = await world.app({ centsMax: 100_000_000 })
  const much = { ...hello, max_tokens: 32_000 }
  await world.db.adminPool.query(
    "insert into quota_reservations (organization_id, resource, subject, amount) values ($1, 'model_microdollars', 'others', 999000000)",
    [world.org.organizationId],
  )
  const beyond = await refusal(dear.chat.completions.create(much))
  await world.db.adminPool.query("delete from quota_reservations where subject = 'others'")
  expect(beyond).toMatchObject({ status: 429, code: "insufficient_quota" })
})

test("what a server that died had set aside comes back with the next call", async () => {
  world.line.of = () => [pricedModel(answered(20, 3))]
  const { projectId, client } = await world.app({ tokensMax: 9000 })
  const { organizationId } = world.org
  const late = world.db.newId("aic")
  const insert = (id: string, endsAt: string) =>
    world.db.adminPool.query(
      "insert into ai_calls (id, organization_id, project_id, tokens, cost, ends_at) values ($1, $2, $3, 9000, 0, $4)",
      [id, organizationId, projectId, endsAt],
    )
  const alive = world.db.newId("aic")
  await insert(alive, "2999-01-01")
  const refused = await refusal(client.chat.completions.create(hello))
  expect(refused).toMatchObject({ status: 429, code: "insufficient_quota" })
  await world.db.adminPool.query("delete from ai_calls where id = $1", [alive])
  await insert(late, "2001-01-01")
  await world.db.adminPool.query(
    "insert into quota_reservations (organization_id, resource, subject, amount) values ($1, 'model_tokens', $2, 9000)",
    [organizationId, late],
  )
  expect((await client.chat.completions.create(hello)).usage?.total_tokens).toBe(23)
  expect(await world.rows("select 1 from quota_reservations where subject = $1", [late])).toEqual(
    [],
  )
})

test("no more calls run beside each other than may, and one that is left is ended and counted", async () => {
  const open: AbortSignal[] = []
  world.line.of = () => [
    pricedModel(async ({ abortSignal }) => {
      if (abortSignal) open.push(abortSignal)
      const stream = new ReadableStream<LanguageModelV4StreamPart>({
        start(out) {
          out.enqueue({ type: "text-delta", id: "1", delta: "Once upon a time" })
          abortSignal?.addEventListener("abort", () => out.error(abortSignal.reason))
        },
      })
      return { stream }
    }),
  ]
  const { projectId, client } = await world.app()
  const begin = async () => {
    const stream = await client.chat.completions.create({ ...hello, stream: true })
    const chunks = stream[Symbol.asyncIterator]()
    await chunks.next()
    await chunks.next()
    return stream
  }
  const streams = [await begin(), await begin()]
  const refused = await refusal(client.chat.completions.create(hello))
  expect(refused).toMatchObject({ status: 429, code: "rate_limit_exceeded" })
  for (const { controller } of streams) controller.abort()
  await expect.poll(() => open.every(({ aborted }) => aborted)).toBe(true)
  const used = () => world.show(projectId).then((shown) => shown.used)
  await expect.poll(() => used().then(({ calls }) => calls)).toBe(2)
  expect((await used()).tokens).toBeGreaterThan(20)
})
