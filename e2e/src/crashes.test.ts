import { setTimeout as sleep } from "node:timers/promises"
import type { Run } from "@vibecaas/contract/kinds/agents"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ask, type Person, signIn, untilRunEnded } from "./api.ts"
import { type Platform, startPlatform } from "./platform.ts"
import { isAlive, killServer, postgresPid, serverPid, untilReady } from "./processes.ts"

const goal = "A plant diary: plants with name, place, last watered date and a needs sun flag"

let platform: Platform
let person: Person
/** what a run that nothing disturbed built, and its files */
let calm: Begun & { tree: string[] }
beforeAll(async () => {
  platform = await startPlatform()
  person = await signIn(platform)
  const begun = await begin()
  expect((await untilRunEnded(person, begun.runId)).state).toBe("succeeded")
  calm = { ...begun, tree: await treeOf(begun.projectId) }
  expect(calm.tree.length).toBeGreaterThan(5)
})
afterAll(() => platform?.remove())

interface Begun {
  projectId: Run["projectId"]
  runId: Run["id"]
  previewUrl: string
}

async function begin(): Promise<Begun> {
  const project = await person.call("POST /projects", { body: { prompt: goal, preview: "public" } })
  if (!project.run) throw new Error("no run was started")
  return { projectId: project.id, runId: project.run.id, previewUrl: project.previewUrl }
}

async function treeOf(projectId: Run["projectId"]): Promise<string[]> {
  const { items } = await person.call("GET /projects/{projectId}/files", { params: { projectId } })
  return items.map(({ path, sha }) => `${sha} ${path}`)
}

async function callKeysOf(runId: Run["id"]): Promise<string[]> {
  const { items } = await person.call("GET /agents/runs/{runId}/steps", {
    params: { runId },
    query: { limit: 100 },
  })
  return items.map(({ taskId, name, title }) => `${taskId} ${name} ${title}`)
}

test("a server killed at twenty moments of its runs ends each with the tree of an undisturbed one", async () => {
  for (const moments of momentsOfKills(4, 5)) {
    const stormy = await begin()
    for (const pause of moments) {
      await sleep(pause)
      await killServer(platform)
      await untilReady(platform)
    }
    const run = await untilRunEnded(person, stormy.runId)
    expect(run.failure).toBeNull()
    expect(run.state).toBe("succeeded")
    expect(await treeOf(stormy.projectId)).toEqual(calm.tree)
    const calls = await callKeysOf(stormy.runId)
    expect(new Set(calls).size).toBe(calls.length)
    expect((await ask(platform, stormy.previewUrl)).status).toBe(200)
  }
}, 600_000)

test("machines outlive a killed server and answer again at once", async () => {
  await killServer(platform)
  await untilReady(platform)
  expect((await ask(platform, calm.previewUrl)).status).toBe(200)
})

test("a killed database comes back by itself, and what was committed is there", async () => {
  const before = await person.call("GET /projects", {})
  const pid = postgresPid(platform)
  process.kill(pid, "SIGKILL")
  while (isAlive(pid)) await sleep(10)
  await untilReady(platform, 30)
  expect(postgresPid(platform)).not.toBe(pid)
  const after = await person.call("GET /projects", {})
  expect(after.items.map(({ id }) => id)).toEqual(before.items.map(({ id }) => id))
})

test("a supervisor killed with everything running is followed by a clean start on the same data", async () => {
  const supervisor = platform.process()
  const server = serverPid(platform)
  supervisor.kill("SIGKILL")
  while (server !== undefined && isAlive(server)) await sleep(20)
  await platform.restart()
  await untilPage(calm.previewUrl)
  expect(await treeOf(calm.projectId)).toEqual(calm.tree)
}, 180_000)

/** Pauses before each kill in `ms`, the same at every run of the tests, spread over what a run takes. */
function momentsOfKills(runs: number, kills: number): number[][] {
  let seed = 20_261_122
  const next = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed / 2_147_483_648
  }
  return Array.from({ length: runs }, () =>
    Array.from({ length: kills }, () => Math.round(50 + next() * 1200)),
  )
}

async function untilPage(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if ((await ask(platform, url)).status === 200) return
    await sleep(100)
  }
  throw new Error(`${url} did not answer`)
}
