import type { DataModel } from "@vibecaas/contract/data-model"
import type { IdOf } from "@vibecaas/contract/kinds"
import { afterAll, beforeAll, expect, test } from "vitest"
import { makeModels } from "../models/make-models.ts"
import { startRun } from "../start-run.ts"
import { type AgentsWorld, agentsWorld } from "../testing/agents-world.ts"
import { type Proposing, proposingOn } from "../testing/proposing.ts"
import { readProposal } from "./read-proposals.ts"

let world: AgentsWorld
let on: Proposing
beforeAll(async () => {
  const offline = makeModels({ fetch })
  if (!offline.ok) throw new Error(offline.mistakes.join())
  world = await agentsWorld({ models: offline.models })
  on = proposingOn(world)
})
afterAll(() => world.close())

test.each([
  ["en", "books with title, author and pages", "Books", ["text", "text", "whole_number"]],
  ["de", "Bücher mit Titel, Autor und Seitenzahl", "Bücher", ["text", "text", "whole_number"]],
  ["fr", "une liste de livres avec titre, auteur et date", "Livres", ["text", "text", "date"]],
  ["es", "libros con título, autor y precio", "Libros", ["text", "text", "money"]],
])(
  "a plain list in “%s” waits as the data model of a record keeper: %s",
  async (language, prompt, label, types) => {
    const { run, proposal } = await on.begin(prompt)
    expect(run).toBeUndefined()
    expect(proposal).toMatchObject({ state: "waiting", language, clear: true })
    if (!proposal) throw new Error("there is a proposal")
    const [choice] = (await readProposal(world.parts.starters, proposal)).choices
    expect(choice).toMatchObject({
      starterId: "record-keeper",
      unsure: [],
      clauses: [{ words: prompt, built: true }],
      values: {
        model: { entities: [{ labelPlural: label, fields: types.map((type) => ({ type })) }] },
      },
    })
  },
)

test("a data model that a person goes on with still builds what the prompt says; what they take out of it is not built", async () => {
  const { project, proposal } = await on.begin(
    "books with title, author and pages; boats with name and length. With a calendar",
  )
  if (!proposal) throw new Error("there is a proposal")
  const [choice] = (await readProposal(world.parts.starters, proposal)).choices
  expect(choice?.clauses.map(({ built }) => built)).toEqual([true, true, false])
  expect(choice?.clauses[2]?.why).toMatch(/data model has nothing for this yet/)
  const model = structuredClone(choice?.values.model) as DataModel
  const [books, boats] = model.entities
  if (!books || !boats) throw new Error("there are two lists")
  books.fields.push({ name: "bought", label: "Bought", type: "date", required: false })
  books.views = [{ name: "calendar", label: "Calendar", kind: "calendar", by: "bought" }]
  boats.fields.pop()
  const { runId } = await on.confirm(proposal.id, "record-keeper", { model })
  await world.settle()
  const run = await world.run(runId as IdOf<"run">)
  expect(run.clauses).toMatchObject([
    { state: "built" },
    { state: "not_built", why: "Another value was chosen for “Data model”." },
    { words: "With a calendar", state: "built" },
  ])
  expect(JSON.parse((await world.tree(project.id))["app.json"] ?? "")).toEqual(model)

  const change = await on.follow(project.id, "remove pages, add a rating to boats and make it blue")
  const [next] = (await readProposal(world.parts.starters, change)).choices
  expect(next?.clauses.map(({ words, built }) => [words, built])).toEqual([
    ["remove pages", true],
    ["add a rating to boats", true],
    ["make it blue", false],
  ])
  await on.confirm(change.id, "record-keeper", next?.values)
  await world.settle()
  const [kept] = JSON.parse((await world.tree(project.id))["app.json"] ?? "").entities
  expect(kept).toMatchObject({ plural: "books", retired: [{ column: "pages" }] })
}, 240_000)

test("a run without a confirmed starter builds nothing, and says what would", async () => {
  const { project } = await on.begin("a kanban board")
  const { id } = await world.act((ctx) =>
    startRun(ctx, world.parts, { projectId: project.id, goal: "books with title" }),
  )
  await world.settle()
  const run = await world.run(id)
  expect(run).toMatchObject({ state: "failed", declined: true })
  expect(run.summary).toMatch(/No language model plans here/)
})
