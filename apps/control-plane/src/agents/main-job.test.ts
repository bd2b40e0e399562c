import { afterAll, beforeAll, expect, test } from "vitest"
import { makeModels } from "./models/make-models.ts"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"
import { processMachines } from "./testing/process-machines.ts"

let world: AgentsWorld
/** roles of the tasks that there were when the run's machine was asked for */
const rolesAtUse: string[][] = []
let rolesNow = async (): Promise<string[]> => []

beforeAll(async () => {
  const made = makeModels({ fetch })
  if (!made.ok) throw new Error(made.mistakes.join())
  world = await agentsWorld({
    models: made.models,
    machines: async (repositories) => {
      const machines = await processMachines(repositories)
      return {
        ...machines,
        async session(of) {
          rolesAtUse.push(await rolesNow())
          return machines.session(of)
        },
      }
    },
  })
})
afterAll(() => world.close())

const goal = "A reading list: books with title, author, pages and a finished flag"

test("a prompt becomes an app whose tests pass and whose page answers", async () => {
  const { projectId, runId } = await world.ask(goal)
  rolesNow = async () => (await world.run(runId)).tasks.map(({ role }) => role)
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
  const tree = await world.tree(projectId)
  expect(Object.keys(tree)).toContain("server.js")
  expect(JSON.parse(tree["app.json"] ?? "")).toMatchObject({
    name: "Reading list",
    entities: [{ plural: "books", fields: [{}, {}, {}, { name: "finished", type: "flag" }] }],
  })

  // The machine boots while what was confirmed is written.
  expect(rolesAtUse[0]).toEqual(["planning"])

  const steps = await world.steps(runId)
  expect(steps.filter(({ kind }) => kind === "check")).not.toHaveLength(0)
  expect(steps.every(({ title }) => title.length > 0)).toBe(true)
}, 120_000)
