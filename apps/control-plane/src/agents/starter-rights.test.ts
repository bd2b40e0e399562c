import type { IdOf } from "@vibecaas/contract/kinds"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Actor, actorNamed } from "../core/ctx.ts"
import type { Principal } from "../core/kind.ts"
import { actorOf, createKey, createMember } from "../db/testing/seed.ts"
import { createProject } from "../projects/index.ts"
import { startRun } from "./start-run.ts"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"
import { scriptedModels } from "./testing/scripted-model.ts"
import { smallApp, smallAppTree } from "./testing/small-app.ts"

let world: AgentsWorld
/** done when the agent of the task `page` is asked for its first answer */
let whilePageIsBuilt: () => Promise<unknown>
const models = scriptedModels(async (seen) => {
  if (seen.about === "page" && seen.answers === 0) await whilePageIsBuilt()
  return smallApp(seen)
})

beforeAll(async () => {
  world = await agentsWorld({ models })
})
afterAll(() => world.close())

const startedBy = (member: Principal) => startedAs(actorOf(member))

async function startedAs(
  actor: Actor,
): Promise<{ projectId: IdOf<"project">; runId: IdOf<"run"> }> {
  const { organizationId } = world.org
  return world.db.scope({ organizationId, actor }, async (ctx) => {
    const { id: projectId } = await createProject(ctx, { name: "Try", preview: "private" })
    const run = await startRun(ctx, world.parts, { projectId, goal: "Say hello" })
    return { projectId, runId: run.id }
  })
}

const developer = () =>
  createMember(world.db, {
    organizationId: world.org.organizationId,
    role: "developer",
    name: "Ines Okafor",
  })
const setRole = (role: string) => (member: Principal) =>
  world.db.adminPool.query("update memberships set role = $2 where user_id = $1", [
    member.userId,
    role,
  ])
const remove = (member: Principal) =>
  world.db.adminPool.query("delete from memberships where user_id = $1", [member.userId])

test.each([
  ["left the organization", remove, /^Ines Okafor, .* is not a member .* any more\.$/],
  ["became a viewer", setRole("viewer"), /^Ines Okafor, .* may not start runs .* viewer\.$/],
] as const)(
  "when who started a run %s, no further task starts and the journal says why",
  async (_, lose, why) => {
    const member = await developer()
    whilePageIsBuilt = () => lose(member)
    const { projectId, runId } = await startedBy(member)
    await world.settle()
    const run = await world.run(runId)
    expect(run).toMatchObject({ state: "cancelled", failure: expect.stringMatching(why) })
    expect(run.tasks.filter(({ state }) => state === "waiting")).toEqual([])
    const rights = (await world.steps(runId)).filter(({ name }) => name === "rights")
    expect(rights).toEqual([
      expect.objectContaining({ kind: "check", ok: false, output: { evidence: run.failure } }),
    ])
    const { rows } = await world.db.adminPool.query(
      "select phase, detail from signals where parent_id = $1 and child = 'runs'",
      [projectId],
    )
    expect(rows).toEqual([{ phase: "none", detail: run.failure }])
  },
)

test("a run that a key started goes on while the key may start runs, and ends when it is revoked", async () => {
  const { organizationId } = world.org
  const id = await createKey(world.db, { organizationId, permissions: ["run:start"] })
  const key = actorNamed(id, "CI deploys (API key)")
  whilePageIsBuilt = async () => {}
  const whole = await startedAs(key)
  await world.settle()
  expect(await world.run(whole.runId)).toMatchObject({
    ...{ state: "succeeded", startedBy: "CI deploys (API key)" },
  })
  whilePageIsBuilt = () => world.db.adminPool.query("delete from api_keys where id = $1", [id])
  const { runId } = await startedAs(key)
  await world.settle()
  expect(await world.run(runId)).toMatchObject({
    state: "cancelled",
    failure: expect.stringMatching(
      /^CI deploys \(API key\), .* was revoked, or its time is over\.$/,
    ),
  })
})

test("somebody who may can try such a run again; it goes on with their rights", async () => {
  const member = await developer()
  whilePageIsBuilt = () => remove(member)
  const { projectId, runId } = await startedBy(member)
  await world.settle()
  await world.retry(runId)
  await world.settle()
  expect(await world.run(runId)).toMatchObject({
    ...{ state: "succeeded", failure: null },
    startedBy: world.org.owner.name,
  })
  expect(await world.tree(projectId)).toEqual(smallAppTree)
})
