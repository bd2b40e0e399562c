// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import type { Proposal, ProposalChoice } from "@vibecaas/contract/proposal"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, page, Refused } from "../testing/fake-api.ts"
import { mara } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { books, inAll, starter, starterSummary } from "../testing/starters.ts"
import { ProposalPanel } from "./proposal-panel.tsx"

const me = mara()
const app = project({ name: "Board" })
const runId = "run_00000000000000000000000001" as const
const { parameters } = starter()
const defaults = Object.fromEntries(parameters.map((each) => [each.name, each.default]))

const choice = (given: Partial<ProposalChoice> = {}): ProposalChoice => ({
  ...{ starterId: "live-board", name: "Live-Board", summary: "Karten in Spalten.", picture: null },
  ...{
    parameters,
    values: { ...defaults, title: "Garten" },
    read: ["title"],
    filler: ["bitte"],
    unsure: [],
  },
  clauses: [
    {
      ...{ words: "Board namens Garten", built: true, why: null },
      by: [{ kind: "parameter", id: "title", says: "Titel" }],
    },
    { words: "mit Gmail", built: false, by: [], why: "Nichts in „Live-Board“ tut das." },
  ],
  ...given,
})
const proposal = (given: Partial<Proposal> = {}): Proposal => ({
  ...{ id: "prp_00000000000000000000000001", organizationId: app.organizationId },
  ...{ projectId: app.id, goal: "bitte Board namens Garten, mit Gmail", language: "de" },
  ...{ state: "waiting", reason: null, clear: true, before: null, chosen: null, runId: null },
  choices: [choice(), choice({ starterId: "blog", name: "Blog", values: defaults, read: [] })],
  ...{ startedBy: "Mara Halden", createdAt: "2026-01-01T00:00:00.000Z", endedAt: null },
  ...given,
})

function show(given: Partial<Proposal> = {}, handlers: FakeHandlers = {}) {
  const shown = proposal(given)
  const changed: string[] = []
  const api = fakeApi({
    "GET /starters": () => ({ ...page([]), categories: [], tags: [] }),
    "POST /agents/proposals/{proposalId}/confirm": () => ({ ...shown, state: "confirmed", runId }),
    "POST /agents/proposals/{proposalId}/decline": () => ({ ...shown, state: "declined" }),
    ...handlers,
  })
  const drawn = draw(
    <ProposalPanel proposal={shown} onChange={(prompt) => changed.push(prompt)} />,
    { me },
  )
  return { ...drawn, api, changed }
}

test("every clause says what builds it or why nothing does, and the values that were read stand in fields", async () => {
  show()
  const wishes = within(screen.getByRole("list", { name: "Wishes" })).getAllByRole("listitem")
  expect(wishes.map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(/Built.*Board namens Garten.*Titel/),
    expect.stringMatching(/Not built.*mit Gmail.*Nichts in „Live-Board“ tut das\./),
    expect.stringMatching(/asking for nothing: “bitte”/),
  ])
  expect(screen.getByLabelText<HTMLInputElement>("Title").value).toBe("Garten")
})

test("another starter is chosen, a value corrected, and just that is confirmed", async () => {
  const { user, api, visited } = show()
  await user.click(screen.getByRole("radio", { name: /^Blog/ }))
  const title = screen.getByLabelText("Title")
  await user.clear(title)
  await user.type(title, "Tulpen")
  await user.click(screen.getByRole("button", { name: "Confirm and build" }))
  await waitFor(() => expect(visited[0]).toContain(`run=${runId}`))
  expect(api.sent("POST")[0]?.body).toMatchObject({
    starter: { id: "blog", parameters: { title: "Tulpen" } },
  })
})

test("a value that is refused says why at its field", async () => {
  const fields = { "/starter/parameters/size": "Use 9 or less." }
  const { user } = show(
    {},
    {
      "POST /agents/proposals/{proposalId}/confirm": () =>
        new Refused({ status: 422, detail: "No.", fields }),
    },
  )
  await user.click(screen.getByRole("button", { name: "Confirm and build" }))
  await screen.findByText("Use 9 or less.")
})

test("it is declined, or its prompt goes back to where it is written", async () => {
  const { user, api, changed } = show()
  await user.click(screen.getByRole("button", { name: "Change the prompt" }))
  expect(changed).toEqual(["bitte Board namens Garten, mit Gmail"])
  await user.click(screen.getByRole("button", { name: "Decline" }))
  const declining = "POST /agents/proposals/{proposalId}/decline"
  await waitFor(() => expect(api.calls.map(({ route }) => route)).toContain(declining))
})

test("why it could not be declined is said", async () => {
  const refuse = () => new Refused({ status: 409, detail: "It was confirmed meanwhile." })
  const { user } = show({}, { "POST /agents/proposals/{proposalId}/decline": refuse })
  await user.click(screen.getByRole("button", { name: "Decline" }))
  expect((await screen.findByRole("alert")).textContent).toContain("It was confirmed meanwhile.")
})

test("the organization's own starters are not offered: no plan knows them", async () => {
  const poll = starterSummary({ id: "poll", name: inAll("Poll") })
  const ours = starterSummary({
    id: "str_00000000000000000000000001",
    name: inAll("Ours"),
    own: true,
  })
  const { user } = show(
    {},
    { "GET /starters": () => ({ ...page([poll, ours]), categories: [], tags: [] }) },
  )
  await user.click(await screen.findByRole("combobox", { name: "Another starter" }))
  await screen.findByRole("option", { name: "Poll" })
  expect(screen.queryByRole("option", { name: "Ours" })).toBeNull()
})

test("where all starters that were found are gone it says so, and can be declined", async () => {
  const { user, api } = show({ choices: [] })
  screen.getByText(/starters that were found for this prompt are gone/)
  expect(screen.queryByRole("button", { name: /^Confirm/ })).toBeNull()
  await user.click(screen.getByRole("button", { name: "Decline" }))
  await waitFor(() => expect(api.sent("POST")).toHaveLength(1))
})

test("what nothing can be built of says why", () => {
  show({ state: "declined", reason: "Dazu passt keine Vorlage.", choices: [] })
  screen.getByText("Dazu passt keine Vorlage.")
  screen.getByRole("button", { name: "Change the prompt" })
})

test("a data model stands in its form, is changed there before it is confirmed, and says what is only text", async () => {
  const { user, api } = show({
    choices: [
      choice({
        starterId: "record-keeper",
        values: { ...defaults, model: books },
        unsure: ["Mood"],
      }),
    ],
  })
  screen.getByText(/Kept as text.*: Mood\./)
  const model = await screen.findByRole("region", { name: "Model" })
  expect(within(model).getByLabelText("The app is called")).toHaveProperty("value", "Books")
  await user.type(within(model).getByLabelText("New field"), "Pages")
  await user.click(within(model).getByRole("button", { name: "Add field" }))
  await user.click(screen.getByRole("button", { name: "Confirm and build" }))
  await waitFor(() => expect(sentIn(api)).toBeDefined())
  const [list] = books.entities
  const added = { name: "pages", label: "Pages", type: "text", required: false }
  expect(sentIn(api)).toMatchObject({
    starter: {
      parameters: { model: { entities: [{ fields: [...(list?.fields ?? []), added] }] } },
    },
  })
})

test("what changes of a data model is listed, and what is not built leads to its form", async () => {
  const before = { id: "record-keeper", parameters: { ...defaults, model: books } }
  const [list] = books.entities
  const entities = [
    {
      ...list,
      fields: [
        ...(list?.fields ?? []),
        { name: "pages", label: "Pages", type: "text", required: false },
      ],
    },
  ]
  const values = { ...defaults, model: { ...books, entities } }
  show({ before, choices: [choice({ starterId: "record-keeper", values })] })
  const model = await screen.findByRole("region", { name: "Model" })
  within(model).getByText("Adds Pages to Books")
  expect(screen.getByRole("link", { name: "Change the data model" }).getAttribute("href")).toMatch(
    /\/data-model$/,
  )
})

const sentIn = (api: ReturnType<typeof fakeApi>) =>
  api.calls.find(({ route }) => route === "POST /agents/proposals/{proposalId}/confirm")?.input.body
