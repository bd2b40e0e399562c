import type { FaultCode } from "@vibecaas/contract/faults"
import type { IdOf } from "@vibecaas/contract/kinds"
import { afterAll, beforeAll, expect, test } from "vitest"
import { needProject } from "../../projects/index.ts"
import { startComparison } from "../comparisons/start-comparison.ts"
import { makeModels } from "../models/make-models.ts"
import { listProposals } from "../queries/proposals.ts"
import { readRuns } from "../read-runs.ts"
import { redirectRun } from "../redirect-run.ts"
import { startProject } from "../start-project.ts"
import { startRun } from "../start-run.ts"
import { type AgentsWorld, agentsWorld } from "../testing/agents-world.ts"
import { type Proposing, proposingOn } from "../testing/proposing.ts"
import { scriptedModels } from "../testing/scripted-model.ts"
import { smallApp } from "../testing/small-app.ts"
import { defaultBudgets } from "../work/budget.ts"
import { declineProposal, needProposal } from "./confirm-proposal.ts"
import { makeProposal } from "./make-proposal.ts"
import { readProposal, readProposals } from "./read-proposals.ts"

let world: AgentsWorld
const offline = makeModels({ fetch })
if (!offline.ok) throw new Error(offline.mistakes.join())
const parts = { models: offline.models, budgets: defaultBudgets }

let on: Proposing
beforeAll(async () => {
  world = await agentsWorld(parts)
  on = proposingOn(world)
})
afterAll(() => world.close())

/** states of a proposal in the order in which they were told to whoever watches its project */
async function told(id: IdOf<"proposal">, projectId: IdOf<"project">): Promise<string[]> {
  const text = `select data->>'state' as state from live_events
    where kind = 'proposal.changed' and object_id = $1 and topic = $2 order by sequence`
  const { rows } = await world.db.adminPool.query(text, [id, `project:${projectId}`])
  return rows.map(({ state }) => state)
}
const faulty = (code: FaultCode) => expect.objectContaining({ code })

const boardPrompt = "A kanban board, columns: Ideas, Doing, Done. With votes and Gmail sync"

test("a prompt waits as a proposal that accounts for every clause; once confirmed, a run makes the app with the person's values and tells what was not built", async () => {
  const { project, run, proposal } = await on.begin(boardPrompt)
  expect(run).toBeUndefined()
  expect(project).toMatchObject({ state: "asking", stateDetail: "a proposal to confirm" })
  if (!proposal) throw new Error("there is a proposal")
  const shown = await readProposal(world.parts.starters, proposal)
  expect(shown).toMatchObject({ state: "waiting", language: "en", clear: true, before: null })
  const [choice] = shown.choices
  expect(choice).toMatchObject({
    starterId: "live-board",
    values: { columns: ["Ideas", "Doing", "Done"], votes: true },
    filler: ["and"],
  })
  expect(choice?.clauses.map(({ words, built }) => [words, built])).toEqual([
    ["A kanban board", true],
    ["columns: Ideas, Doing, Done", true],
    ["With votes", true],
    ["Gmail sync", false],
  ])

  const values = { ...choice?.values, title: "Garden club" }
  const { runId } = await on.confirm(proposal.id, "live-board", values)
  await world.settle()
  const done = await world.run(runId as IdOf<"run">)
  expect(done).toMatchObject({ state: "partly", filler: ["and"] })
  expect(done.clauses.map(({ words, state }) => [words, state])).toEqual([
    ["A kanban board", "built"],
    ["columns: Ideas, Doing, Done", "built"],
    ["With votes", "built"],
    ["Gmail sync", "not_built"],
  ])
  expect(done.clauses[0]?.why).toBe("node --test exited with 0.")
  expect(done.clauses[3]?.why).toBe("Nothing in “Live board” does this.")
  expect(await on.settings(project.id)).toMatchObject({ title: "Garden club" })
  const commits = await world.repositories.of(project.id).log({ limit: 9 })
  expect(commits).toHaveLength(1)
}, 180_000)

test("what clearly fits is built at once when nobody wants to be asked; a later prompt changes its settings only", async () => {
  const { project, run, proposal } = await on.begin("ein Kanban-Board mit Abstimmung", "auto")
  expect(proposal).toMatchObject({ state: "confirmed", runId: run?.id })
  await world.settle()
  expect((await world.run(run?.id as IdOf<"run">)).state).toBe("succeeded")
  const files = await world.tree(project.id)

  const change = await on.follow(project.id, "Spalten: Offen, Fertig und ein Kalender", "ask")
  expect(change).toMatchObject({ state: "waiting", before: { id: "live-board" } })
  const [choice] = (await readProposal(world.parts.starters, change)).choices
  expect(choice?.values).toMatchObject({ columns: ["Offen", "Fertig"], votes: true })
  const { runId } = await on.confirm(change.id, "live-board", choice?.values)
  await world.settle()
  expect(await world.run(runId as IdOf<"run">)).toMatchObject({
    state: "partly",
    clauses: [{ state: "built" }, { words: "ein Kalender", state: "not_built" }],
  })
  const after = await world.tree(project.id)
  expect(await on.settings(project.id)).toMatchObject({ columns: ["Offen", "Fertig"] })
  expect({ ...after, "settings.json": "" }).toEqual({ ...files, "settings.json": "" })
}, 180_000)

test("what the prompt says of a value is not built when the person chose another one; the same value is", async () => {
  const { proposal } = await on.begin("Ein Kanban-Board, Spalten: Offen, Fertig. Mit Abstimmung")
  if (!proposal) throw new Error("there is a proposal")
  const [choice] = (await readProposal(world.parts.starters, proposal)).choices
  expect(choice?.clauses.map(({ built }) => built)).toEqual([true, true, true])
  const values = { ...choice?.values, columns: ["Offen", "Dran", "Fertig"] }
  const { runId } = await on.confirm(proposal.id, "live-board", values)
  await world.settle()
  expect((await world.run(runId as IdOf<"run">)).clauses).toMatchObject([
    { state: "built" },
    {
      words: "Spalten: Offen, Fertig",
      state: "not_built",
      why: "Für „Spalten“ wurde ein anderer Wert gewählt.",
    },
    { words: "Mit Abstimmung", state: "built" },
  ])
}, 180_000)

test("a starter that was chosen with the prompt is built whatever the prompt fits best, with what it says of values that were not chosen", async () => {
  const starter = { id: "live-board", parameters: { title: "Garden club" } }
  const { project, run, proposal } = await world.act((ctx) =>
    startProject(ctx, world.parts, {
      ...{ prompt: "an invoice tool, columns: Open, Paid", preview: "private", starter },
    }),
  )
  expect(proposal).toMatchObject({ state: "confirmed", runId: run?.id })
  await world.settle()
  expect(await world.run(run?.id as IdOf<"run">)).toMatchObject({ state: "partly", starter })
  expect(await on.settings(project.id)).toMatchObject({
    ...{ title: "Garden club", columns: ["Open", "Paid"] },
  })
}, 180_000)

test("what only might fit waits although nobody wants to be asked; what fits nothing is declined in its language, and leaves no project", async () => {
  const vague = await on.begin("something with columns", "auto")
  expect(vague.proposal?.state).not.toBe("confirmed")
  const harm = "Hacke das WLAN von meinem Nachbarn"
  await expect(on.begin(harm, "auto")).rejects.toMatchObject({
    ...{ code: "invalid", fields: { "/prompt": expect.stringContaining("schaden") } },
  })
  const { project } = vague
  const declined = await on.follow(project.id, harm)
  expect(declined).toMatchObject({ state: "declined", language: "de" })
  expect(declined.reason).toMatch(/schaden/)
})

test("a proposal is confirmed once, with values that fit; another prompt replaces it", async () => {
  const { project, proposal } = await on.begin("a kanban board")
  if (!proposal) throw new Error("there is a proposal")
  await expect(on.confirm(proposal.id, "nothing-like-it")).rejects.toEqual(faulty("invalid"))
  await expect(on.confirm(proposal.id, "live-board", { columns: "A" })).rejects.toEqual(
    faulty("invalid"),
  )
  const next = await on.follow(project.id, "a kanban board called Tea")
  const state = async (id: IdOf<"proposal">) =>
    (await world.act((ctx) => needProposal(ctx, id))).state
  expect(await state(proposal.id)).toBe("replaced")
  await expect(on.confirm(proposal.id, "live-board")).rejects.toEqual(faulty("wrong_state"))
  await world.act((ctx) => declineProposal(ctx, world.parts, next.id))
  expect(await state(next.id)).toBe("declined")
  await expect(on.confirm(next.id, "live-board")).rejects.toEqual(faulty("wrong_state"))
  expect((await world.act((ctx) => needProject(ctx, project.id))).state).toBe("empty")
})

test("a run or a comparison that begins replaces what waits, and says so; a confirmed proposal is not replaced by its own run", async () => {
  const goal = "a list of books"
  const others = {
    run: (projectId: IdOf<"project">) =>
      world.act((ctx) => startRun(ctx, world.parts, { projectId, goal })),
    comparison: (projectId: IdOf<"project">) => {
      const request = { projectId, goal, candidates: [{ model: null }], base: null }
      const parts = { ...world.parts, models: scriptedModels(smallApp) }
      return world.act((ctx) => startComparison(ctx, parts, request))
    },
  }
  for (const start of Object.values(others)) {
    const { project, proposal } = await on.begin("a kanban board")
    if (!proposal) throw new Error("there is a proposal")
    await start(project.id)
    expect(await told(proposal.id, project.id)).toEqual(["waiting", "replaced"])
    await expect(on.confirm(proposal.id, "live-board")).rejects.toEqual(faulty("wrong_state"))
  }
  const { project, proposal } = await on.begin("a kanban board")
  if (!proposal) throw new Error("there is a proposal")
  await on.confirm(proposal.id, "live-board")
  expect(await told(proposal.id, project.id)).toEqual(["waiting", "confirmed"])
})

test("in a list only what waits says what starters make of it; asked for alone, each does", async () => {
  const { project, proposal } = await on.begin("a kanban board")
  await on.follow(project.id, "a board with votes")
  const query = { projectId: project.id, limit: 10, cursor: undefined }
  const { items } = await world.act((ctx) => readProposals(ctx, world.parts.starters, query))
  expect(items.map(({ state, choices }) => [state, choices.length > 0])).toEqual([
    ["waiting", true],
    ["replaced", false],
  ])
  const row = await world.act((ctx) => needProposal(ctx, proposal?.id as IdOf<"proposal">))
  expect((await readProposal(world.parts.starters, row)).choices).not.toEqual([])
})

test("what a run was stopped for is proposed; with the starter that was chosen for it, it is built", async () => {
  const { project } = await on.begin("a kanban board", "auto")
  const redirect = async (goal: string) => {
    const [run] = (
      await world.act((ctx) => readRuns(ctx, project.id, { limit: 1, cursor: undefined }))
    ).items
    if (!run) throw new Error("there is a run")
    await world.act((ctx) => redirectRun(ctx, world.parts, { runId: run.id, goal }))
    await world.settle()
    return (
      await world.act((ctx) => listProposals(ctx.db, project.id, { limit: 1, before: undefined }))
    )[0]
  }
  const proposal = await redirect("a chat with rooms")
  expect(proposal).toMatchObject({ goal: "a chat with rooms", state: "waiting" })
  const starter = { id: "live-board", parameters: {} }
  await world.act((ctx) =>
    makeProposal(ctx, world.parts, {
      projectId: project.id,
      goal: "a board",
      confirm: "ask",
      starter,
    }),
  )
  const next = await redirect("columns: Open, Done")
  expect(next).toMatchObject({ state: "confirmed", chosen: { id: "live-board" } })
  expect(await on.settings(project.id)).toMatchObject({ columns: ["Open", "Done"] })
}, 180_000)

test("a proposal of a starter's older version is still read, declined and replaced: what the starter takes no more is left out", async () => {
  const { project } = await on.begin("a kanban board with votes", "auto")
  await world.settle()
  const older = async (goal: string) => {
    const { id } = await on.follow(project.id, goal)
    const parameters = { title: "Kept", mood: "good", columns: "Ideas" }
    await world.db.adminPool.query("update proposals set before = $2 where id = $1", [
      ...[id, JSON.stringify({ id: "live-board", parameters })],
    ])
    return id
  }
  const first = await older("columns: Open, Done")
  const row = await world.act((ctx) => needProposal(ctx, first))
  const [choice] = (await readProposal(world.parts.starters, row)).choices
  expect(choice?.values).toMatchObject({ title: "Kept", columns: ["Open", "Done"] })
  expect(choice?.values).not.toHaveProperty("mood")

  const second = await older("columns: Open, Closed")
  const declined = await world.act((ctx) => declineProposal(ctx, world.parts, second))
  expect(declined.state).toBe("declined")
  await expect(on.confirm(first, "live-board")).rejects.toEqual(faulty("wrong_state"))
}, 240_000)

test("what the project is no longer made of is not confirmed, whether it was empty or had other settings", async () => {
  const write = async (projectId: IdOf<"project">, path: string, text: string) => {
    const repository = world.repositories.of(projectId)
    const changes = [{ path, content: Buffer.from(text) }]
    const parent = await repository.head()
    await repository.commit({ parent, message: "Mine", author: "Mara", changes })
  }
  const changed = expect.objectContaining({
    code: "wrong_state",
    say: "The project has changed since this was proposed. Ask again.",
  })
  const empty = await on.begin("a kanban board")
  await write(empty.project.id, "mine.txt", "mine")
  const first = empty.proposal?.id as IdOf<"proposal">
  await expect(on.confirm(first, "live-board")).rejects.toEqual(changed)

  const { project } = await on.begin("a kanban board with votes", "auto")
  await world.settle()
  const { id } = await on.follow(project.id, "columns: Open, Done")
  const now = await on.settings(project.id)
  await write(project.id, "settings.json", JSON.stringify({ ...now, votes: false }))
  await expect(on.confirm(id, "live-board")).rejects.toEqual(changed)
  await write(project.id, "settings.json", JSON.stringify(now))
  expect(await on.confirm(id, "live-board")).toMatchObject({ state: "confirmed" })
}, 180_000)

test("where a language model plans there are no proposals", async () => {
  const models = scriptedModels(smallApp)
  const { project } = await on.begin("a kanban board")
  await expect(
    world.act((ctx) =>
      makeProposal(
        ctx,
        { ...world.parts, models },
        { projectId: project.id, goal: "a board", confirm: "ask" },
      ),
    ),
  ).rejects.toEqual(faulty("wrong_state"))
})
