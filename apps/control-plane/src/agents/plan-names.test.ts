import type { IdOf } from "@vibecaas/contract/kinds"
import { afterAll, beforeAll, expect, test } from "vitest"
import { needProject } from "../projects/index.ts"
import { updateProject } from "../projects/update-project.ts"
import { startProject } from "./start-project.ts"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"
import { type Said, type Seen, scriptedModels } from "./testing/scripted-model.ts"
import { smallApp } from "./testing/small-app.ts"

let world: AgentsWorld
/** The script of the goal that a run was asked for. */
const scripts = new Map<string, (seen: Seen) => Said>()
const models = scriptedModels((seen) => (scripts.get(seen.goal) ?? smallApp)(seen))

beforeAll(async () => {
  world = await agentsWorld({ models })
})
afterAll(() => world.close())

const nameOf = async (projectId: IdOf<"project">) =>
  (await world.act((ctx) => needProject(ctx, projectId))).name
const askFor = (request: { name: string | undefined; prompt: string }) =>
  world.act((ctx) => startProject(ctx, world.parts, { ...request, preview: "private" }))
/** The small app's plan with a name. */
const planNamed = (name: string) => (seen: Seen) => {
  const said = smallApp(seen)
  const calls = said.calls?.map((call) =>
    call.name === "plan_tasks" ? { ...call, input: Object.assign({ name }, call.input) } : call,
  )
  return { ...said, ...(calls ? { calls } : {}) }
}

test("a project that nobody named gets the name of its plan, once", async () => {
  scripts.set("A page about tea", planNamed("Tea page"))
  const { project } = await askFor({ name: undefined, prompt: "A page about tea" })
  expect(project.name).toBe("Page about tea")
  await world.settle()
  expect(await nameOf(project.id)).toBe("Tea page")
  const { rows } = await world.db.adminPool.query(
    "select details from audit_records where subject = $1 and action = 'project.update'",
    [project.id],
  )
  expect(rows).toEqual([{ details: { about: "Page about tea", name: "Tea page" } }])
})

test("a name that a person gave, at once or while the plan was made, outlives the plan", async () => {
  scripts.set("A page about milk", planNamed("Milk page"))
  const given = await askFor({ name: "Page about milk", prompt: "A page about milk" })
  const renamed = await askFor({ name: undefined, prompt: "A page about milk" })
  const { id, name, version } = renamed.project
  await world.act((ctx) => updateProject(ctx, { id, ifMatch: version, set: { name } }))
  await world.settle()
  expect([await nameOf(given.project.id), await nameOf(id)]).toEqual([name, name])
})
