import { afterAll, beforeAll, expect, test } from "vitest"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"
import { scriptedModels } from "./testing/scripted-model.ts"
import { smallApp, smallAppTree } from "./testing/small-app.ts"

let world: AgentsWorld

beforeAll(async () => {
  world = await agentsWorld({ models: scriptedModels(smallApp) })
})
afterAll(() => world.close())

test("a run plans, builds in the order of its graph, proves each task and leaves its files", async () => {
  const { projectId, runId } = await world.ask("Say hello")
  await world.settle()
  const run = await world.run(runId)
  expect(run).toMatchObject({ state: "succeeded", failure: null, notes: ["No colours."] })
  expect(run.tasks.map(({ title, state, tries }) => [title, state, tries])).toEqual([
    ["Plan the work", "succeeded", 1],
    ["server", "succeeded", 1],
    ["page", "succeeded", 1],
    ["test", "succeeded", 1],
    ["look", "succeeded", 1],
  ])
  expect(await world.tree(projectId)).toEqual(smallAppTree)
})
