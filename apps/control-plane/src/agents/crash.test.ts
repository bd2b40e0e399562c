import { type ChildProcess, spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import type { IdOf } from "@vibecaas/contract/kinds"
import { afterAll, beforeAll, expect, test } from "vitest"
import { fetchPage } from "../apps/fetch-page.ts"
import { answerInquiry } from "./answer-inquiry.ts"
import { cancelRun } from "./cancel-run.ts"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"
import { makeLives } from "./testing/lives.ts"
import { sandboxMachines } from "./testing/sandbox-machines.ts"
import { scriptedModels } from "./testing/scripted-model.ts"
import { smallApp, smallAppAgain, smallAppTree } from "./testing/small-app.ts"

let world: AgentsWorld
const children = new Set<ChildProcess>()

beforeAll(async () => {
  world = await agentsWorld({ models: scriptedModels(smallApp) })
})
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL")
  await world.close()
})

const quickImports = import.meta.resolve("@vibecaas/kernel/quick-imports")
const worker = fileURLToPath(new URL("testing/crash-worker.ts", import.meta.url))

/** Runs a worker until it ends or is killed; answers whether it ended by itself. */
function work(killAfterMs: number): Promise<boolean> {
  const argv = ["--import", quickImports, worker, world.db.urls.app, world.db.adminUrl, world.root]
  // What a killed worker leaves in its temporary directory goes with the world's.
  const env = { ...process.env, TMPDIR: world.root }
  const child = spawn(process.execPath, argv, { env, stdio: ["ignore", "ignore", "inherit"] })
  children.add(child)
  const timer = setTimeout(() => child.kill("SIGKILL"), killAfterMs)
  return new Promise((resolve, reject) => {
    child.on("exit", (code, signal) => {
      clearTimeout(timer)
      children.delete(child)
      if (code === null && signal === "SIGKILL") resolve(false)
      else if (code === 0) resolve(true)
      else reject(new Error(`the worker ended with ${code ?? signal}`))
    })
  })
}

async function expectUndisturbed({
  projectId,
  runId,
}: {
  projectId: IdOf<"project">
  runId: IdOf<"run">
}) {
  const run = await world.run(runId)
  expect(run).toMatchObject({ state: "succeeded", failure: null })
  expect(run.tasks.map(({ tries }) => tries)).toEqual([1, 1, 1, 1, 1])
  expect(await world.tree(projectId)).toEqual(smallAppTree)
  expect(await titlesOf(runId)).toEqual(await undisturbedTitles())
  const log = await world.repositories.of(projectId).log({ limit: 100 })
  expect(new Set(log.map(({ message }) => message)).size).toBe(log.length)
  const requests = log.map(({ message }) => message.split("\n")[2])
  expect(new Set(requests)).toEqual(new Set([`Run ${run.number}: ${run.goal}`]))
}

let titles: Promise<string[]> | undefined
/** What the journal of a run says that nobody disturbed. */
function undisturbedTitles(): Promise<string[]> {
  titles ??= (async () => {
    const { runId } = await world.ask("Say hello")
    await world.settle()
    return titlesOf(runId)
  })()
  return titles
}

/** How many files a listing finds depends on how far the other task is, crash or not. */
async function titlesOf(runId: IdOf<"run">): Promise<string[]> {
  const steps = await world.steps(runId)
  return steps.map(({ title }) => title.replace(/^listed \d+/, "listed some")).sort()
}

/** Asks a project's live app for its page, as a visitor does; answers what it says. */
async function visit(at: AgentsWorld, projectId: IdOf<"project">): Promise<string> {
  const { organizationId } = at.org
  const stream = await at.machines.connectApp({ organizationId, projectId })
  const page = { method: "GET", path: "/", timeoutMs: 10_000 }
  return (await fetchPage(stream, page, at.db.clock)).body.trim()
}

test("killed right after each journal write and its promotion, a run leaves the live app and its data alone until it is proved", async () => {
  const models = scriptedModels(smallApp)
  const sandbox = await agentsWorld({ models, machines: sandboxMachines })
  const { projectId } = await sandbox.ask("Say hello")
  await sandbox.settle()
  let visits = 0
  const expectVersion = async (runs: number) =>
    expect(await visit(sandbox, projectId)).toBe(`Hello there\n${runs} runs, ${++visits} visits`)
  await expectVersion(2)

  const { runId } = await sandbox.ask("Say hello again", projectId)
  const deaths = await makeLives(sandbox).untilDone("after:1", async () => {
    const { tasks } = await sandbox.run(runId)
    // From here on it is proved, and visitors wait while it takes the live app's place.
    if (tasks.length > 1 && tasks.every(({ state }) => state === "succeeded")) return
    await expectVersion(2)
  })
  expect(deaths).toBeGreaterThan(20)
  const run = await sandbox.run(runId)
  expect(run).toMatchObject({ state: "succeeded", failure: null })
  expect(run.tasks.map(({ tries }) => tries)).toEqual([1, 1, 1, 1, 1])
  expect(await sandbox.tree(projectId)).toEqual(smallAppAgain())
  // The promotion asks for the first page itself.
  visits += 1
  await expectVersion(4)
  await sandbox.close()
}, 300_000)

test("killed after each effect but before it is journalled, a run neither loses nor repeats it", async () => {
  const asked = await world.ask("Say hello")
  const deaths = await makeLives(world).untilDone("before:2")
  expect(deaths).toBeGreaterThan(15)
  await expectUndisturbed(asked)
}, 300_000)

test("killed while it waits for a person, and with the answer in hand, a run asks once and goes on", async () => {
  const { runId } = await world.ask("Ask whom to greet")
  const { live } = makeLives(world)
  // One dies with the model's question, the next writes it down and has nothing left to do.
  expect(await live("after:1")).toBe(false)
  expect(await live("never")).toBe(true)
  const { inquiries, tasks } = await world.run(runId)
  expect(tasks.map(({ state }) => state)).toEqual(["asking"])
  expect(inquiries).toMatchObject([{ text: "To whom?", state: "open" }])
  const of = { runId, inquiryId: inquiries[0]?.id ?? "inq_" }
  await world.act((ctx) => answerInquiry(ctx, of, "Mara"))
  expect(await live("before:1")).toBe(false)
  expect(await live("after:1")).toBe(false)
  const run = await world.run(runId)
  expect(run.inquiries).toMatchObject([{ state: "answered", answer: "Mara" }])
  const asked = (await world.steps(runId)).filter(({ name }) => name === "ask_user")
  expect(asked).toMatchObject([{ ok: true, output: { answer: "Mara" } }])
  await world.act((ctx) => cancelRun(ctx, runId))
}, 120_000)

test("a process that is killed at random moments leaves the same files", async () => {
  const asked = await world.ask("Say hello")
  let kills = 0
  while (!(await work(kills < killsMax ? 600 + Math.random() * 1800 : 600_000))) kills += 1
  await expectUndisturbed(asked)
}, 300_000)

/** each is the start of a process */
const killsMax = 6
