import { type ChildProcess, spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import type { IdOf } from "@vibecaas/contract/kinds"
import { afterAll, beforeAll, expect, test } from "vitest"
import { answerInquiry } from "./answer-inquiry.ts"
import { cancelRun } from "./cancel-run.ts"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"
import { scriptedModels } from "./testing/scripted-model.ts"
import { smallApp, smallAppTree } from "./testing/small-app.ts"

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

/** Runs a worker until it ends or dies; answers whether it ended by itself. */
function work(death: string, killAfterMs?: number): Promise<boolean> {
  const argv = [
    "--import",
    quickImports,
    worker,
    world.db.urls.app,
    world.db.adminUrl,
    world.root,
    death,
  ]
  // What a killed worker leaves in its temporary directory goes with the world's.
  const env = { ...process.env, TMPDIR: world.root }
  const child = spawn(process.execPath, argv, { env, stdio: ["ignore", "ignore", "inherit"] })
  children.add(child)
  const timer = killAfterMs && setTimeout(() => child.kill("SIGKILL"), killAfterMs)
  return new Promise((resolve, reject) => {
    child.on("exit", (code, signal) => {
      clearTimeout(timer || undefined)
      children.delete(child)
      if (code === null && signal === "SIGKILL") resolve(false)
      else if (code === 0) resolve(true)
      else reject(new Error(`the worker ended with ${code ?? signal}`))
    })
  })
}

/** Starts workers one after the other until one comes to its end; answers how many died. */
async function workUntilDone(death: string, killAfterMs?: () => number): Promise<number> {
  for (let deaths = 0; deaths < 200; deaths++) {
    if (await work(death, killAfterMs?.())) return deaths
  }
  throw new Error("the run made no progress")
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

test("killed right after each journal write, a run goes on and leaves the same files", async () => {
  const asked = await world.ask("Say hello")
  const deaths = await workUntilDone("after:1")
  expect(deaths).toBeGreaterThan(15)
  await expectUndisturbed(asked)
}, 600_000)

test("killed after each effect but before it is journalled, a run neither loses nor repeats it", async () => {
  const asked = await world.ask("Say hello")
  const deaths = await workUntilDone("before:2")
  expect(deaths).toBeGreaterThan(15)
  await expectUndisturbed(asked)
}, 600_000)

test("killed while it waits for a person, and with the answer in hand, a run asks once and goes on", async () => {
  const { runId } = await world.ask("Ask whom to greet")
  // One dies with the model's question, the next writes it down and has nothing left to do.
  expect(await work("after:1")).toBe(false)
  expect(await work("never")).toBe(true)
  const { inquiries, tasks } = await world.run(runId)
  expect(tasks.map(({ state }) => state)).toEqual(["asking"])
  expect(inquiries).toMatchObject([{ text: "To whom?", state: "open" }])
  const of = { runId, inquiryId: inquiries[0]?.id ?? "inq_" }
  await world.act((ctx) => answerInquiry(ctx, of, "Mara"))
  expect(await work("before:1")).toBe(false)
  expect(await work("after:1")).toBe(false)
  const run = await world.run(runId)
  expect(run.inquiries).toMatchObject([{ state: "answered", answer: "Mara" }])
  const asked = (await world.steps(runId)).filter(({ name }) => name === "ask_user")
  expect(asked).toMatchObject([{ ok: true, output: { answer: "Mara" } }])
  await world.act((ctx) => cancelRun(ctx, runId))
}, 120_000)

test("killed at random moments, a run leaves the same files", async () => {
  const asked = await world.ask("Say hello")
  let kills = 0
  await workUntilDone("never", () => (++kills > 20 ? 600_000 : 400 + Math.random() * 1800))
  await expectUndisturbed(asked)
}, 600_000)
