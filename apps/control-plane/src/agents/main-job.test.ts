import { afterAll, beforeAll, expect, test } from "vitest"
import { makeModels } from "./models/make-models.ts"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"

let world: AgentsWorld

beforeAll(async () => {
  const made = makeModels({ fetch })
  if (!made.ok) throw new Error(made.mistakes.join())
  world = await agentsWorld({ models: made.models })
})
afterAll(() => world.close())

const goal =
  "A reading list: books with title, author, pages and a finished flag; I want to filter unfinished ones"

test("a prompt becomes an app whose tests pass and whose page answers", async () => {
  const { projectId, runId } = await world.ask(goal)
  await world.settle()

  const run = await world.run(runId)
  expect(run.failure).toBeNull()
  expect(run.state).toBe("succeeded")
  expect(run.tasks.every(({ state }) => state === "succeeded")).toBe(true)
  expect(run.model.simulated).toBe(true)
  expect(run.tasks.find(({ role }) => role === "testing")?.evidence).toMatch(
    /^node --test, run by the agent on these very files, exited with 0/,
  )
  expect(run.tasks.find(({ role }) => role === "integration")?.evidence).toMatch(/answered 200/)
  expect(Object.keys(await world.tree(projectId))).toContain("server.js")

  const steps = await world.steps(runId)
  expect(steps.filter(({ kind }) => kind === "check")).not.toHaveLength(0)
  expect(steps.every(({ title }) => title.length > 0)).toBe(true)
}, 120_000)
