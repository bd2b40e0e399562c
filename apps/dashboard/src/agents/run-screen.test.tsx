// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import { expect, test } from "vitest"
import { page, Refused } from "../testing/fake-api.ts"
import {
  app,
  backend,
  openRun,
  proof,
  steps,
  tested,
  timeline,
  working,
  wrote,
} from "../testing/open-run.tsx"

test("before anything was asked the screen says what to say", async () => {
  openRun({ runs: [] })
  await screen.findByText("Nothing was asked yet")
})

const lists = ["GET /agents/runs", "GET /agents/proposals"] as const
test.each(lists)("what %s does not answer is said, and read again on demand", async (list) => {
  const refused = () => new Refused({ status: 503, detail: "The database is away." })
  const { api, user } = openRun({ runs: [], also: { [list]: refused } })
  const said = await screen.findByText("The database is away.")
  api.answer({ [list]: () => page([]) })
  await user.click(screen.getByRole("button", { name: "Try again" }))
  await screen.findByText("Nothing was asked yet")
  await waitFor(() => expect(said.isConnected).toBe(false))
})

test("a run that is not there leads to the newest one, and nothing is tried again", async () => {
  openRun({ runs: [working], runId: "run_00000000000000000000009999" })
  await screen.findByText("There is no such run")
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull()
  const link = screen.getByRole("link", { name: "Show newest run" })
  expect(link.getAttribute("href")).toBe(`/o/mara-halden/projects/${app.id}`)
})

test("a first run shows where it is on its way, a later one does not", async () => {
  const { hear } = openRun({ runs: [working] })
  const way = within(await screen.findByRole("list", { name: "From words to an app" }))
  const current = way.getAllByRole("listitem").find(({ ariaCurrent }) => ariaCurrent === "step")
  expect(current?.textContent).toContain("Prove that it works")
  await hear("run.changed", working.id, { ...working, number: 2 })
  await waitFor(() =>
    expect(screen.queryByRole("list", { name: "From words to an app" })).toBeNull(),
  )
})

test("a step that happens now appears at the end, once, however often it is told", async () => {
  const { hear } = openRun({ runs: [working], steps: [wrote] })
  await waitFor(() => expect(steps()).toBe(1))
  await hear("run.step", tested.id, tested)
  await hear("run.step", tested.id, tested)
  await timeline().findByText("exit 1")
  expect(steps()).toBe(2)
})

test("the timeline is narrowed to tests, and to one task", async () => {
  const { user } = openRun({ runs: [working], steps: [wrote, tested] })
  await waitFor(() => expect(steps()).toBe(2))
  await user.click(timeline().getByRole("radio", { name: "Tests" }))
  timeline().getByText("2 steps, 1 shown")
  await user.click(timeline().getByRole("radio", { name: "Changes" }))
  timeline().getByText("No such step")
  await user.click(timeline().getByRole("radio", { name: "All" }))
  await user.click(screen.getByRole("button", { name: /^Backend/ }))
  timeline().getByText("2 steps, 1 shown of Backend")
})

test("a task opens with what proves it, and Escape gives the focus back to its node", async () => {
  const { user } = openRun({ runs: [working] })
  const node = await screen.findByRole("button", { name: /^Backend/ })
  node.focus()
  await user.keyboard("{Enter}")
  const detail = within(await screen.findByRole("region", { name: "Backend: Task of backend" }))
  detail.getByText("12 tests passed")
  await user.keyboard("{Escape}")
  expect(screen.queryByRole("region", { name: /^Backend:/ })).toBeNull()
  expect(document.activeElement).toBe(node)
})

test("a run of a simulated model says that it costs nothing", async () => {
  openRun({ runs: [working] })
  await screen.findByText("Costs nothing")
})

test("what a run left out is told, and it is no full success", async () => {
  const left = (words: string, why: string) => ({ words, state: "not_built" as const, why })
  const built = { words: "books", state: "built" as const, why: "The test “books” passed." }
  const clauses = [
    built,
    left("a map", "No maps."),
    left("log in", "No log-in."),
    left("x", "No maps."),
  ]
  const { user } = openRun({ runs: [{ ...working, state: "partly", clauses, filler: ["please"] }] })
  await screen.findByText("Succeeded in part")
  for (const line of ["“a map”, “x”: No maps.", "“log in”: No log-in."]) screen.getByText(line)
  await user.click(screen.getByRole("button", { name: "1 of 4 wishes built and proved" }))
  const wishes = within(screen.getByRole("list", { name: "Wishes" }))
  wishes.getByText("The test “books” passed.")
  wishes.getByText("Read as asking for nothing: “please”")
})

test("a task that waits for its provider says what it was told and when it asks again", async () => {
  const later = new Date(Date.now() + 90_000).toISOString()
  const reason = "The model's server has too many requests (429)."
  const wait = { reason, since: working.createdAt, until: later }
  const waiting = { ...working, tasks: [backend, { ...proof, providerWait: wait }] }
  const { hear } = openRun({ runs: [waiting] })
  const list = within(await screen.findByRole("list", { name: "Waiting for the provider" }))
  list.getByText("Testing waits for the provider")
  list.getByText(reason)
  list.getByText(/asked again in 1 min (29|30) s/)
  await hear("run.changed", working.id, working)
  await waitFor(() =>
    expect(screen.queryByRole("list", { name: "Waiting for the provider" })).toBeNull(),
  )
})

const question = {
  ...{ id: "inq_01k9x3v8hde8r8z6h3gk5c2v9w" as const, taskId: proof.id, state: "open" as const },
  kind: "question" as const,
  ...{ text: "Which currency?", choices: ["Euro", "Dollar"], answer: null, answeredBy: null },
  ...{ askedAt: working.createdAt, answeredAt: null },
}
const asking = { ...working, inquiries: [question] }
const answerRoute = "POST /agents/runs/{runId}/inquiries/{inquiryId}/answer"

test("what a run asks stands with its choices, and one press answers it", async () => {
  const answered = { ...question, state: "answered" as const, answer: "Euro" }
  const { user, api, becomes } = openRun({
    runs: [asking],
    also: { [answerRoute]: () => answered },
  })
  const asked = within(await screen.findByRole("region", { name: "Question of Testing" }))
  asked.getByText("Which currency?")
  screen.getByText("Has a question")
  await user.click(asked.getByRole("button", { name: "Euro" }))
  await waitFor(() => expect(api.sent("POST")).toMatchObject([{ body: { answer: "Euro" } }]))
  await becomes({ ...working, inquiries: [answered] })
  await waitFor(() =>
    expect(screen.queryByRole("region", { name: "Question of Testing" })).toBeNull(),
  )
})

test("an answer in own words is kept when somebody else was faster, and that is said", async () => {
  const late = "Ines has answered already: “Dollar”."
  const refused = () => new Refused({ status: 409, detail: late })
  const { user } = openRun({ runs: [asking], also: { [answerRoute]: refused } })
  const box = await screen.findByLabelText<HTMLTextAreaElement>("Another answer")
  await user.click(screen.getByRole("button", { name: "Answer" }))
  await screen.findByText("Write an answer.")
  await user.type(box, "Swiss francs")
  await user.click(screen.getByRole("button", { name: "Answer" }))
  await screen.findByText(late)
  expect(box.value).toBe("Swiss francs")
})

test("what a run costs is shown as it grows, and a price that is not known is no zero", async () => {
  const model = { provider: "openai", model: "gpt-5", simulated: false, label: "gpt-5 by OpenAI" }
  const real = { ...working, model }
  const { hear } = openRun({ runs: [real], steps: [{ ...wrote, costCents: 0.42 }] })
  await screen.findByText("$0.0042")
  const costs = (cents: number, unpriced: number) =>
    hear("run.changed", real.id, { ...real, cost: { cents, unpriced } })
  await costs(130, 0)
  await screen.findByText("$1.30")
  await costs(130, 2)
  await screen.findByText("$1.30 and 2 answers of unknown price")
  await costs(0, 2)
  await screen.findByText("Price not known")
})

test("a run that failed is tried again with one press, and a refusal is said", async () => {
  const failed = { ...working, state: "failed" as const, failure: "The tests kept failing." }
  const { user, api } = openRun({
    runs: [failed],
    also: {
      "POST /agents/runs/{runId}/retry": () =>
        new Refused({ status: 409, detail: "Another works." }),
    },
  })
  await user.click(await screen.findByRole("button", { name: "Retry run" }))
  await screen.findByText("Another works.")
  expect(api.calls.filter(({ route }) => route.endsWith("/retry"))).toHaveLength(1)
})

test("what was declined is no breakdown and cannot be tried again", async () => {
  const failure = "That is no app."
  openRun({ runs: [{ ...working, tasks: [], state: "failed", declined: true, failure }] })
  await screen.findByText(failure)
  screen.getByText("Declined")
  expect(screen.queryByRole("button", { name: "Retry run" })).toBeNull()
})
