import { once } from "node:events"
import { createServer } from "node:https"
import { type AddressInfo, connect } from "node:net"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import type { IdOf } from "@vibecaas/contract/kinds"
import { systemClock } from "@vibecaas/kernel/clock"
import { create } from "tar"
import { afterAll, beforeAll, expect, test } from "vitest"
import { makeAppModels } from "../agents/models/app-models.ts"
import { type ModelsConfig, makeModels } from "../agents/models/make-models.ts"
import { projectMonth } from "../agents/project-month.ts"
import { answerOf } from "../agents/simulators/behaviours.ts"
import { type Simulator, startSimulator } from "../agents/simulators/simulator.ts"
import { type MachineWorld, machineWorld } from "../apps/testing/machine-world.ts"
import { memoryRateLimiter } from "../http/rates/memory-rate-limiter.ts"
import type { LiveMachine, LiveMachines } from "../machines/index.ts"
import { allowHost, revoke } from "../network/allow-host.ts"
import { makeNetwork, type Network } from "../network/index.ts"
import { certificate } from "../network/testing/certificate.ts"
import { testVault } from "../secrets/testing/test-vault.ts"
import { type Ai, makeAi } from "./make-ai.ts"
import { changeAi } from "./settings.ts"

let world: MachineWorld
let simulator: Simulator
/** of each server in its turn */
const servers: { ai: Ai; live: LiveMachines; variables: Network["variables"] }[] = []
/** the port of what stands for the internet */
let internet = 0
const own = { domains: ["platform.example.com"], addresses: () => [] }
/** what answers, as `provider:model` */
let asked = "openai:clever"

const models = () => {
  const settings: ModelsConfig["settings"] = {
    ...{ VIBECAAS_MODEL_BASE_URL: simulator.url("compatible"), VIBECAAS_MODEL_API_KEY: "k" },
    ...{ ANTHROPIC_BASE_URL: simulator.url("anthropic"), ANTHROPIC_API_KEY: "k" },
    ...{ OPENAI_BASE_URL: simulator.url("openai"), OPENAI_API_KEY: "k" },
    GOOGLE_GENERATIVE_AI_BASE_URL: simulator.url("google"),
    GOOGLE_GENERATIVE_AI_API_KEY: "k",
  }
  const made = makeModels({ default: asked, settings, fetch })
  if (!made.ok) throw new Error(made.mistakes.join())
  const { models: all } = made
  const named = () => all.for("ai_feature")
  return makeAppModels({ for: all.for, choices: () => [], named }, systemClock.now)
}

const outside = createServer(certificate, ({ url }, response) => {
  response.end(`outside: ${url}`)
})

beforeAll(async () => {
  outside.listen(0, "127.0.0.1")
  await once(outside, "listening")
  internet = (outside.address() as AddressInfo).port
  simulator = await startSimulator({
    behave: () => ({
      brain: ({ prompt, tools }) =>
        prompt.at(-1)?.role === "tool" || !tools?.length
          ? answerOf({ text: "It is raining in Halden, 🐎." })
          : answerOf({ calls: [{ id: "c1", name: "weather", input: { town: "Halden" } }] }),
    }),
    clock: systemClock,
  })
  world = await machineWorld(undefined, undefined, (parts) => {
    const ai = makeAi({
      ...{ ...parts, vault: testVault, month: projectMonth },
      models: {
        line: (name) => models().line(name),
        choices: () => [],
        failure: (error) => models().failure(error),
      },
      limiter: memoryRateLimiter(parts.clock),
    })
    const network = makeNetwork({
      ...{ ...parts, vault: testVault, limiter: memoryRateLimiter(parts.clock) },
      ...{ own, resolve: async () => [{ address: "93.184.216.34", family: 4 }] },
      dial: () => connect(internet, "127.0.0.1"),
    })
    servers.push({ ai, live: parts.live, variables: network.variables })
    return async (machine) => ({
      ...(await network.variables(machine)),
      ...(await ai.variables(machine)),
    })
  })
})
afterAll(async () => {
  outside.close()
  await world.close()
  await simulator.close()
})

const turn = (projectId: IdOf<"project">, enabled: boolean) =>
  world.act((ctx) =>
    changeAi(
      ctx,
      { vault: testVault, models: models() },
      { projectId, set: { enabled }, ifMatch: undefined },
    ),
  )

const latest = () => {
  const server = servers.at(-1)
  if (!server) throw new Error("no server was started")
  return server
}

async function liveMachine(projectId: IdOf<"project">): Promise<LiveMachine> {
  const [machine] = latest().live.ofProject(projectId)
  if (!machine) throw new Error("no session is open")
  return machine
}

/** As the guide of agents shows it: without a package. */
const askingApp = `
import { createServer } from "node:http"
createServer(async (request, response) => {
  if (request.url !== "/ask") return response.end(process.env.OPENAI_BASE_URL ?? "AI is off")
  const answer = await fetch(\`\${process.env.OPENAI_BASE_URL}/chat/completions\`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: \`Bearer \${process.env.OPENAI_API_KEY}\` },
    body: JSON.stringify({ model: "default", messages: [{ role: "user", content: "How is the weather?" }] }),
    signal: AbortSignal.timeout(60_000),
  }).catch((error) => new Response(JSON.stringify({ failed: error.cause?.code ?? String(error) })))
  response.end(await answer.text())
}).listen(process.env.PORT, process.env.HOST)
`

/** The official client in the machine: whole, streamed, and through a tool's call. */
const client = `
import OpenAI from "openai"
const openai = new OpenAI()
const tools = [{ type: "function", function: { name: "weather", parameters: { type: "object", properties: { town: { type: "string" } } } } }]
const messages = [{ role: "system", content: "Be brief." }, { role: "user", content: "How is the weather?" }]
const whole = await openai.chat.completions.create({ model: "default", messages })
let text = ""
let last
for await (const chunk of await openai.chat.completions.create({ model: "fast", messages, stream: true, stream_options: { include_usage: true } })) {
  text += chunk.choices[0]?.delta.content ?? ""
  last = chunk
}
const runner = openai.chat.completions.stream({ model: "default", messages, tools })
const { choices: [{ message, finish_reason }] } = await runner.finalChatCompletion()
const [call] = message.tool_calls
const after = await openai.chat.completions.create({ model: "default", tools, messages: [...messages, message, { role: "tool", tool_call_id: call.id, content: "rain" }] })
console.log(JSON.stringify({ whole: whole.choices[0].message.content, text, usage: last.usage.total_tokens, finish_reason, name: call.function.name, input: JSON.parse(call.function.arguments), after: after.choices[0].message.content }))
`

test("the official client inside a machine is answered whole, streamed and by tool calls, over every wire", async () => {
  const { id } = await world.project("Clients")
  await turn(id, true)
  await world.run(
    id,
    await world.push(id, { "server.js": askingApp, "package.json": '{"type":"module"}' }),
  )
  const machine = await liveMachine(id)
  const openai = dirname(fileURLToPath(import.meta.resolve("openai")))
  const needed = (path: string) => !/\/src(\/|$)|\.(m?ts|map|md)$/.test(path)
  const cwd = join(openai, "..")
  await machine.guest.unpack(
    "/data/lib/node_modules",
    create({ cwd, filter: needed, portable: true }, ["openai"]) as never,
  )
  await machine.guest.writeFiles([{ path: "/data/lib/client.mjs", content: Buffer.from(client) }])
  const answer = "It is raining in Halden, 🐎."
  for (const provider of ["openai", "anthropic", "google", "compatible"]) {
    asked = `${provider}:clever`
    const env = await latest().ai.variables(machine)
    const done = await machine.guest.exec(["node", "client.mjs"], { cwd: "/data/lib", env })
    expect(String(done.stderr), provider).toBe("")
    expect(JSON.parse(String(done.stdout)), provider).toEqual({
      ...{ whole: answer, text: answer, after: answer, usage: 15 },
      ...{ finish_reason: "tool_calls", name: "weather", input: { town: "Halden" } },
    })
  }
})

test("an app asks by fetch, goes on after its server was replaced, and has no way once AI is off", async () => {
  const { id, slug } = await world.project("Asks")
  const files = { "server.js": askingApp, "package.json": '{"type":"module"}' }
  const commit = await world.push(id, files)
  await world.run(id, commit)
  expect((await world.get(slug)).body).toBe("AI is off")
  await turn(id, true)
  await world.run(id, await world.push(id, { "note.txt": "new" }))
  const ask = async (port?: number) => {
    const { get } = await import("../apps/testing/http-get.ts")
    return port === undefined
      ? (await world.get(slug, "/ask")).body
      : (await get(port, slug, "/ask")).body
  }
  expect(await ask()).toContain("It is raining")
  const { port } = await world.startServer()
  await expect.poll(() => ask(port), { timeout: 20_000 }).toContain("It is raining")
  await world.server.stop()
  await expect.poll(() => ask(port), { timeout: 20_000 }).toContain("It is raining")
  await turn(id, false)
  await expect.poll(() => ask(port), { timeout: 20_000 }).toContain("ECONNREFUSED")
})

/** Says of each address what fetch does there. */
const fetching = `
for (const url of process.argv.slice(1))
  console.log(await fetch(url).then((answer) => answer.text(), (error) => "failed: " + (error.cause?.message ?? error)))
`

test("fetch of Node in a machine reaches the domain that is allowed, and nothing else, until it is revoked", async () => {
  const { id } = await world.project("Reaches")
  const files = { "server.js": askingApp, "package.json": '{"type":"module"}' }
  await world.run(id, await world.push(id, files))
  const machine = await liveMachine(id)
  const ca = { path: "/data/ca.pem", content: Buffer.from(certificate.cert) }
  await machine.guest.writeFiles([ca])
  const ask = async (...urls: string[]) => {
    const doors = await latest().variables(machine)
    const env = { ...doors, NODE_EXTRA_CA_CERTS: ca.path }
    const done = await machine.guest.exec(["node", "-e", fetching, ...urls], { env })
    return String(done.stdout).trim().split("\n")
  }
  const wanted = "https://api.example.com/rates"
  expect((await ask(wanted))[0]).toContain("failed")
  const of = { projectId: id, host: "api.example.com", port: 443, service: null, reason: "" }
  const rule = await world.act((ctx) => allowHost(ctx, { vault: testVault, own }, of))
  expect(await ask(wanted, "https://others.example.com/", "http://api.example.com/")).toEqual([
    "outside: /rates",
    expect.stringContaining("failed"),
    expect.stringContaining("failed"),
  ])
  await world.act((ctx) => revoke(ctx, { vault: testVault }, { projectId: id, ruleId: rule.id }))
  expect((await ask(wanted))[0]).toContain("failed")
})
