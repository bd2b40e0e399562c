import { setTimeout as sleep } from "node:timers/promises"
import type { Run } from "@vibecaas/contract/kinds/agents"
import { expect } from "vitest"
import { ask, beginRun, type Person, untilRunEnded } from "./api.ts"
import type { Platform } from "./platform.ts"
import { killServer, untilReady } from "./processes.ts"

/** Runs whose server is killed while they go on, held against one that nothing disturbed. */
const goal = "A plant diary: plants with name, place, last watered date and a needs sun flag"

export interface Begun {
  projectId: Run["projectId"]
  runId: Run["id"]
  previewUrl: string
}

/** What a run that nothing disturbed built, and its files. */
export type Calm = Begun & { tree: string[] }

export async function calmRun(person: Person): Promise<Calm> {
  const begun = await begin(person)
  expect((await untilRunEnded(person, begun.runId)).state).toBe("succeeded")
  const tree = await treeOf(person, begun.projectId)
  expect(tree.length).toBeGreaterThan(5)
  return { ...begun, tree }
}

/** One run, with the server killed after each pause, in `ms`. */
export async function stormyRun(
  { platform, person }: { platform: Platform; person: Person },
  calm: Calm,
  pauses: readonly number[],
): Promise<void> {
  const stormy = await begin(person)
  for (const pause of pauses) {
    await sleep(pause)
    await killServer(platform)
    await untilReady(platform)
  }
  const run = await untilRunEnded(person, stormy.runId)
  expect(run.failure).toBeNull()
  expect(run.state).toBe("succeeded")
  expect(await treeOf(person, stormy.projectId)).toEqual(calm.tree)
  const calls = await callKeysOf(person, stormy.runId)
  expect(new Set(calls).size).toBe(calls.length)
  expect((await ask(platform, stormy.previewUrl)).status).toBe(200)
}

/** Pauses before each kill in `ms`, the same at every run of the tests, spread over what a run takes. */
export function momentsOfKills(runs: number, kills: number): number[][] {
  let seed = 20_261_122
  const next = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed / 2_147_483_648
  }
  return Array.from({ length: runs }, () =>
    Array.from({ length: kills }, () => Math.round(50 + next() * 1200)),
  )
}

export async function treeOf(person: Person, projectId: Run["projectId"]): Promise<string[]> {
  const { items } = await person.call("GET /projects/{projectId}/files", { params: { projectId } })
  return items.map(({ path, sha }) => `${sha} ${path}`)
}

async function begin(person: Person): Promise<Begun> {
  const { id, run, previewUrl } = await beginRun(person, { prompt: goal, preview: "public" })
  return { projectId: id, runId: run.id, previewUrl }
}

async function callKeysOf(person: Person, runId: Run["id"]): Promise<string[]> {
  const { items } = await person.call("GET /agents/runs/{runId}/steps", {
    params: { runId },
    query: { limit: 100 },
  })
  return items.map(({ taskId, name, title }) => `${taskId} ${name} ${title}`)
}
