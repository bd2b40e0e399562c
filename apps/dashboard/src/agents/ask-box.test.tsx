// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import { expect, test } from "vitest"
import { Refused } from "../testing/fake-api.ts"
import { backend, openRun, projectId, soon, timeline, working } from "../testing/open-run.tsx"
import { run, step, task } from "../testing/runs.ts"

test("a change is asked for with Enter, keeps its words when it is refused, and leads to its run", async () => {
  const ended = { ...working, state: "succeeded" as const }
  const refused = () => new Refused({ status: 429, detail: "The quota is used up." })
  const { user, api, visited } = openRun({ runs: [ended], also: { "POST /agents/runs": refused } })
  const box = await screen.findByLabelText<HTMLTextAreaElement>("What should change?")
  await user.type(box, "add a rating{Enter}")
  await screen.findByText("The quota is used up.")
  expect(box.value).toBe("add a rating")
  const next = run({ projectId, number: 2, goal: "add a rating" })
  window.scrollTo = () => undefined
  api.answer({ "POST /agents/runs": () => next })
  await user.type(box, "{Enter}")
  await waitFor(() => expect(visited.at(-1)).toContain(`?run=${next.id}`))
  await waitFor(() => expect(box.value).toBe(""))
})

test("a run at work is written to, and what was written stands in its timeline at once", async () => {
  const sentAt = working.createdAt
  const id = "msg_01k9x3v8hde8r8z6h3gk5c2v9w" as const
  const message = { id, number: 1, text: "Use euros", sentBy: "Mara Halden", sentAt, heardAt: null }
  const { user, api, becomes } = openRun({
    runs: [working],
    also: { "POST /agents/runs/{runId}/messages": () => message },
  })
  const box = await screen.findByLabelText<HTMLTextAreaElement>("What should the agents know?")
  await user.type(box, "Use euros{Enter}")
  await waitFor(() => expect(api.sent("POST")).toMatchObject([{ body: { text: "Use euros" } }]))
  await waitFor(() => expect(box.value).toBe(""))
  await becomes({ ...working, messages: [message] })
  await timeline().findByText("Use euros")
})

test("a run at work is stopped for another goal, and says so until it has stopped", async () => {
  const { user, api, becomes } = openRun({
    runs: [working],
    also: { "POST /agents/runs/{runId}/redirect": () => ({ stopping: working.id }) },
  })
  await user.click(await screen.findByRole("radio", { name: "Stop and redirect" }))
  await user.type(screen.getByLabelText("What should they do instead?"), "Only a list")
  await user.click(screen.getByRole("button", { name: "Stop and redirect" }))
  await waitFor(() => expect(api.sent("POST")).toMatchObject([{ body: { goal: "Only a list" } }]))
  await becomes({ ...working, redirectedTo: "Only a list" })
  await screen.findByText("Stopping, to do this instead:")
})

test("a run that has ended answers with what it built, what proves it, and where it is", async () => {
  const ended = task({ role: "backend", state: "succeeded", testsPassed: 12, finishedAt: soon })
  const done = run({
    ...{ projectId, state: "succeeded", tasks: [ended], finishedAt: soon },
    summary: "Reading list: an app that keeps books.",
    clauses: [{ words: "a list of books", state: "built", why: "The test passed." }],
  })
  const of = { runId: done.id, taskId: ended.id }
  const changed = step({
    ...{ ...of, title: "wrote server.ts", linesAdded: 40 },
    output: { changed: ["server.ts"] },
  })
  const failed = step({ ...of, title: "ran npm build", ok: false })
  const { user } = openRun({ runs: [done], steps: [changed, failed] })
  const card = within(await screen.findByRole("region", { name: "Result" }))
  card.getByText("Reading list: an app that keeps books.")
  card.getByText("“a list of books”")
  // Where one part of the page is shown at a time, the app is one press away.
  await user.click(card.getByRole("button", { name: "Show the app" }))
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "Preview" }).checked).toBe(true)
  await user.click(screen.getByRole("radio", { name: "Timeline" }))
  const facts = card.getAllByRole("definition").map(({ textContent }) => textContent)
  await waitFor(() => expect(timeline().getByText(/ran npm build/)))
  expect(facts).toContain("12 passed")
  await card.findByText(/1 file/)
  expect(timeline().queryByText(/wrote server.ts/)).toBeNull()
  await user.click(timeline().getByRole("button", { name: /^Backend .*2 steps/ }))
  timeline().getByText(/wrote server.ts/)
})

test("what is asked to follow a run at work is sent so, and stands beside it", async () => {
  const { user, api, becomes } = openRun({
    runs: [working],
    also: { "POST /agents/runs/{runId}/redirect": () => ({ stopping: working.id }) },
  })
  await user.click(await screen.findByRole("radio", { name: "Ask next" }))
  await user.type(screen.getByLabelText("What should they do after this?"), "Add a map{Enter}")
  const sent = [{ body: { goal: "Add a map", when: "after" } }]
  await waitFor(() => expect(api.sent("POST")).toMatchObject(sent))
  await becomes({ ...working, followedBy: "Add a map" })
  await screen.findByText("Next:")
  screen.getByText("Add a map")
})

test("a run at work can be cancelled", async () => {
  const { user, api } = openRun({
    runs: [working],
    also: { "POST /agents/runs/{runId}/cancel": () => ({ ...working, state: "cancelled" }) },
  })
  await user.click(await screen.findByRole("button", { name: "Cancel run" }))
  await screen.findByText("Cancelled")
  expect(api.calls.some(({ route }) => route.endsWith("/cancel"))).toBe(true)
})

test("a run that has ended can be taken away as a file", async () => {
  const done = run({ projectId, state: "failed", failure: "No.", tasks: [backend] })
  openRun({ runs: [done] })
  const link = await screen.findByRole("link", { name: "Download recording" })
  expect(link.getAttribute("href")).toBe(`/api/v1/agents/runs/${done.id}/recording`)
})

test("what was typed and not sent is there again after another page, until it is sent", async () => {
  const ended = { ...working, state: "succeeded" as const }
  const { user, unmount } = openRun({ runs: [ended] })
  await user.type(await screen.findByLabelText("What should change?"), "add a ra")
  unmount()
  const again = openRun({ runs: [ended], also: { "POST /agents/runs": () => run({ projectId }) } })
  const box = await screen.findByLabelText<HTMLTextAreaElement>("What should change?")
  await waitFor(() => expect(box.value).toBe("add a ra"))
  window.scrollTo = () => undefined
  await again.user.type(box, "ting{Enter}")
  await waitFor(() => expect(box.value).toBe(""))
  expect(again.api.sent("POST")).toMatchObject([{ body: { goal: "add a rating" } }])
  // What is kept follows what is seen; other tests may have left something of their own.
  await waitFor(() => expect(Object.values(window.localStorage)).not.toContain("add a rating"))
})

test("a paste that is too long is kept whole, told, and not sent", async () => {
  const { user, api } = openRun({ runs: [{ ...working, state: "succeeded" as const }] })
  const box = await screen.findByLabelText<HTMLTextAreaElement>("What should change?")
  await user.click(box)
  await user.paste("x".repeat(12_600))
  expect(box.value).toHaveLength(12_600)
  await screen.findByText(/^This is 8,600 characters too long/)
  screen.getByText("12,600 of 4,000")
  await user.keyboard("{Enter}")
  expect(api.sent("POST")).toEqual([])
})
