import type { ApprovalRules } from "@vibecaas/contract/inquiry"
import type { IdOf } from "@vibecaas/contract/kinds"
import { isFault } from "@vibecaas/kernel/fault"
import { afterAll, beforeAll, expect, test } from "vitest"
import { createProject } from "../projects/index.ts"
import { answerInquiry } from "./answer-inquiry.ts"
import { changeRules } from "./change-rules.ts"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"
import { oneTask } from "./testing/one-task.ts"
import { type Seen, scriptedModels } from "./testing/scripted-model.ts"

let world: AgentsWorld
beforeAll(async () => {
  world = await agentsWorld({ models: scriptedModels(script) })
})
afterAll(() => world.close())

/** Deletes what the goal names by one command, and leaves what it was told about that. */
function script({ role, answers, results, goal }: Seen) {
  if (role === "planning") {
    const task = goal === "Ask a model" ? ({ role: "ai_feature" } as const) : {}
    return answers === 0
      ? oneTask({ kind: "files", paths: ["told.txt"] }, task)
      : { text: "Planned." }
  }
  if (role === "ai_feature" && answers === 0) {
    return { calls: [{ name: "request_ai", input: { reason: "sorts complaints", centsMax: 70 } }] }
  }
  if (goal === "Reach the rates" && answers === 0) {
    const input = { host: "api.rates.example", reason: "exchange rates of the day" }
    return { calls: [{ name: "request_access", input }] }
  }
  if (answers === 0) {
    return { calls: [{ name: "run_command", input: { argv: ["sh", "-c", `rm -f ${goal}`] } }] }
  }
  return answers === 1
    ? { calls: [{ name: "write_file", input: { path: "told.txt", content: results } }] }
    : { text: "Done." }
}

const old = Array.from({ length: 10 }, (_, at) => `old/${String(at + 10)}.txt`)

/** A project with ten old files, its rules, and a run that deletes what the goal says. */
async function run(goal: string, rules: Partial<ApprovalRules> = {}) {
  const { id: projectId } = await world.act((ctx) =>
    createProject(ctx, { name: "Old", preview: "private" }),
  )
  const changes = [...old, "kept.txt"].map((path) => ({ path, content: Buffer.from("x") }))
  await world.repositories
    .of(projectId)
    .commit({ parent: null, message: "Old files", author: "Mara", changes })
  if (Object.keys(rules).length > 0) await govern(projectId, rules)
  const { runId } = await world.ask(goal, projectId)
  await world.settle()
  return { projectId, runId }
}

const govern = (projectId: IdOf<"project">, set: Partial<ApprovalRules>, ifMatch?: number) =>
  world.act((ctx) => changeRules(ctx, { projectId, set, ifMatch }))

async function decide(runId: IdOf<"run">, answer: string) {
  const open = (await world.run(runId)).inquiries.find(({ state }) => state === "open")
  const of = { runId, inquiryId: open?.id ?? ("inq_" as never) }
  await world.act((ctx) => answerInquiry(ctx, of, answer))
  await world.settle()
  return world.run(runId)
}
const paths = async (projectId: string) => Object.keys(await world.tree(projectId)).sort()

test("many deletions wait for a person, who sees all of them, and are done once allowed", async () => {
  const { projectId, runId } = await run("old/*")
  const [asked] = (await world.run(runId)).inquiries
  expect(asked).toMatchObject({ kind: "approval", state: "open", choices: ["Allow", "Refuse"] })
  for (const path of old) expect(asked?.text).toContain(path)
  expect(await paths(projectId)).toEqual(["kept.txt", ...old])
  expect(await decide(runId, "Allow")).toMatchObject({ state: "partly" })
  expect(await paths(projectId)).toEqual(["kept.txt", "told.txt"])
})

test("any other answer lets nothing be deleted, and the agent is told it", async () => {
  const { projectId, runId } = await run("old/*")
  await decide(runId, "Keep them, we sell those")
  expect(await paths(projectId)).toEqual(["kept.txt", ...old, "told.txt"])
  expect((await world.tree(projectId))["told.txt"]).toContain("Keep them, we sell those")
})

test("where the rules refuse many deletions nobody is asked", async () => {
  const { projectId, runId } = await run("old/*", { deleteFiles: "refuse" })
  expect(await world.run(runId)).toMatchObject({ state: "partly", inquiries: [] })
  expect(await paths(projectId)).toEqual(["kept.txt", ...old, "told.txt"])
})

test("a few files go without a question, and where the rules allow it many do", async () => {
  const few = await run("old/10.txt old/11.txt")
  expect(await world.run(few.runId)).toMatchObject({ state: "partly", inquiries: [] })
  expect(await paths(few.projectId)).toHaveLength(10)
  const many = await run("old/*", { deleteFiles: "allow" })
  expect(await paths(many.projectId)).toEqual(["kept.txt", "told.txt"])
})

test("what was built goes live once somebody allows it", async () => {
  const { runId } = await run("nothing", { goLive: "ask" })
  expect(await world.run(runId)).toMatchObject({
    state: "running",
    tasks: [{ state: "succeeded" }, { state: "succeeded" }],
    inquiries: [{ kind: "approval", taskId: null, state: "open" }],
  })
  expect(await decide(runId, "Allow")).toMatchObject({ state: "partly" })
})

test("what may not go live fails its run with who decided so, and a retry asks anew", async () => {
  const { runId } = await run("nothing", { goLive: "ask" })
  const refused = await decide(runId, "Not before Monday")
  expect(refused.state).toBe("failed")
  expect(refused.failure).toContain(`${world.org.owner.name} decided: Not before Monday.`)
  await world.retry(runId)
  await world.settle()
  expect(await decide(runId, "Allow")).toMatchObject({ state: "partly", failure: null })
})

test("rules are changed only on the version that was seen, and the audit says by whom", async () => {
  const { projectId } = await run("nothing")
  expect(await govern(projectId, { goLive: "ask" }, 0)).toEqual({
    ...{ deleteFiles: "ask", goLive: "ask", version: 1 },
  })
  await expect(govern(projectId, { deleteFiles: "allow" }, 0)).rejects.toSatisfy((error) =>
    isFault(error, "version_mismatch"),
  )
  const { rows } = await world.db.adminPool.query(
    "select actor_name, details from audit_records where subject = $1 and action = 'project.govern'",
    [projectId],
  )
  expect(rows).toMatchObject([{ actor_name: world.org.owner.name, details: { goLive: "ask" } }])
})

test("an agent asks for AI in the app, and it is on once somebody allowed it, with the budget they read", async () => {
  const { projectId, runId } = await run("Ask a model")
  const [asked] = (await world.run(runId)).inquiries
  expect(asked).toMatchObject({ kind: "approval", state: "open", choices: ["Allow", "Refuse"] })
  expect(asked?.text).toContain("at most $0.70 and 1,000,000 tokens a month")
  expect(asked?.text).toContain("sorts complaints")
  const shown = () => world.act((ctx) => world.parts.ai.show(ctx, projectId))
  expect(await shown()).toMatchObject({ enabled: false })
  await decide(runId, "Allow")
  expect(await shown()).toMatchObject({ enabled: true, centsMax: 70, tokensMax: 1_000_000 })
  expect((await world.tree(projectId))["told.txt"]).toContain("OPENAI_BASE_URL")
})

test("an agent that may not have AI in the app is told why, and builds without", async () => {
  const { projectId, runId } = await run("Ask a model")
  await decide(runId, "No, our texts stay here")
  expect(await world.act((ctx) => world.parts.ai.show(ctx, projectId))).toMatchObject({
    enabled: false,
  })
  expect((await world.tree(projectId))["told.txt"]).toContain("our texts stay here")
})

test("an agent asks for one domain, which is allowed once a person said so, and by whom", async () => {
  const { projectId, runId } = await run("Reach the rates")
  const [asked] = (await world.run(runId)).inquiries
  expect(asked?.text).toContain("reach api.rates.example:443?")
  expect(asked?.text).toContain("exchange rates of the day")
  const isAllowed = () => {
    const to = { host: "api.rates.example", port: 443 }
    return world.act((ctx) => world.parts.network.isAllowed(ctx, projectId, to))
  }
  expect(await isAllowed()).toBe(false)
  await decide(runId, "Allow")
  expect(await isAllowed()).toBe(true)
  const { rows } = await world.db.adminPool.query(
    "select allowed_by_name from egress_rules where project_id = $1",
    [projectId],
  )
  expect(rows).toEqual([{ allowed_by_name: world.org.owner.name }])
})
