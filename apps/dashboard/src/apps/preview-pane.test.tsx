// @vitest-environment jsdom
import { screen, act as settle, waitFor } from "@testing-library/react"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { fakeApi, page } from "../testing/fake-api.ts"
import { app, machine } from "../testing/machines.ts"
import { mara } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { PreviewPane } from "./preview-pane.tsx"

test("while agents work on a draft it is shown as they change it, and its end leads back to what is live", async () => {
  const me = mara()
  const tulips = project({ name: "Tulips", preview: "public" })
  const live = app({ projectId: tulips.id })
  const draft = app({
    ...{ projectId: tulips.id, purpose: "draft", draftOf: "run_1", state: "running" },
    ...{ follows: true, script: "dev" },
  })
  const api = fakeApi({
    "GET /projects/{projectId}/apps": () => page([live, draft]),
    "POST /projects/{projectId}/preview-links": ({ body }) => ({
      url: `https://x.test/?draft=${(body as { draftOf?: string }).draftOf}`,
      expiresAt: draft.updatedAt,
    }),
  })
  const { user, client } = draw(
    <PreviewPane project={tulips} runId="run_1" device="full" onDevice={() => {}} />,
    { me, at: `/projects/${tulips.id}` },
  )
  const frame = (name: string) => screen.findByTitle<HTMLIFrameElement>(`Preview of ${name}`)
  expect((await frame("the draft of Tulips")).src).toBe("https://x.test/?draft=run_1")
  screen.getByText("Each change shows here as agents make it, with a copy of the data.")
  screen.getByText(/, by its dev server/)
  await user.click(screen.getByRole("radio", { name: "Live" }))
  expect((await frame("Tulips")).src).toBe(`${tulips.previewUrl}/`)
  await user.click(screen.getByRole("radio", { name: "Draft" }))
  api.answer({ "GET /projects/{projectId}/apps": () => page([live]) })
  await settle(() => client.invalidateQueries())
  await frame("Tulips")
  expect(screen.queryByRole("radio", { name: "Draft" })).toBeNull()
})

test("a page that loads itself again is left where it is, and one that says nothing is loaded anew", async () => {
  const tulips = project({ name: "Tulips" })
  const draft = app({ projectId: tulips.id, purpose: "draft", draftOf: "run_1", follows: true })
  let opened = 0
  const api = fakeApi({
    "GET /projects/{projectId}/apps": () => page([draft]),
    "POST /projects/{projectId}/preview-links": () => ({
      url: `https://x.test/?opened=${++opened}`,
      expiresAt: draft.updatedAt,
    }),
  })
  const { client } = draw(
    <PreviewPane project={tulips} runId="run_1" device="full" onDevice={() => {}} />,
    { me: mara(), at: `/projects/${tulips.id}` },
  )
  const frame = () =>
    screen.queryByTitle<HTMLIFrameElement>("Preview of the draft of Tulips")?.src ?? ""
  const starts = async (startedAt: string) => {
    api.answer({ "GET /projects/{projectId}/apps": () => page([{ ...draft, startedAt }]) })
    // The address works once, so nothing asks for it again but another load of the frame.
    const isRead = ({ queryKey }: { queryKey: readonly unknown[] }) =>
      queryKey[0] !== "preview address"
    await settle(() => client.invalidateQueries({ predicate: isRead }))
  }
  const showsOpened = (times: number) =>
    waitFor(() => expect(frame()).toBe(`https://x.test/?opened=${times}`))
  await showsOpened(1)
  await starts("2026-01-01T00:00:01.000Z")
  await showsOpened(2)
  const says = (origin: string) =>
    window.dispatchEvent(new MessageEvent("message", { origin, data: "vibecaas:reloads" }))
  says("https://other.test")
  await starts("2026-01-01T00:00:02.000Z")
  await showsOpened(3)
  says("https://x.test")
  await starts("2026-01-01T00:00:03.000Z")
  await screen.findByText("Each change shows here as agents make it, with a copy of the data.")
  await showsOpened(3)
})

test("a draft that crashed or rests is started from where it is looked at", async () => {
  const tulips = project({ name: "Tulips" })
  const machineId = "vm_00000000000000000000000009"
  const draft = app({
    ...{ projectId: tulips.id, machineId, purpose: "draft", draftOf: "run_1", follows: true },
    ...{ state: "crashed", failure: "It ended with exit code 3." },
  })
  const sent: string[] = []
  const api = fakeApi({
    "GET /projects/{projectId}/apps": () => page([draft]),
    "POST /projects/{projectId}/preview-links": () => ({
      ...{ url: "https://x.test/", expiresAt: draft.updatedAt },
    }),
    "POST /machines/{machineId}/restart": ({ params }) => {
      sent.push(`restart ${params.machineId}`)
      return machine({ projectId: tulips.id })
    },
    "POST /machines/{machineId}/start": ({ params }) => {
      sent.push(`start ${params.machineId}`)
      return machine({ projectId: tulips.id })
    },
  })
  const { user, client } = draw(
    <PreviewPane project={tulips} runId="run_1" device="full" onDevice={() => {}} />,
    { me: mara(), at: `/projects/${tulips.id}` },
  )
  await screen.findByText(/exit code 3\. The next change to its files starts it again/)
  await user.click(screen.getByRole("button", { name: "Restart draft" }))
  api.answer({ "GET /projects/{projectId}/apps": () => page([{ ...draft, state: "stopped" }]) })
  await settle(() => client.invalidateQueries())
  await user.click(screen.getByRole("radio", { name: "Draft" }))
  await screen.findByText("The draft rests")
  await user.click(screen.getByRole("button", { name: "Start draft" }))
  await waitFor(() => expect(sent).toEqual([`restart ${machineId}`, `start ${machineId}`]))
})

test("a page tells where it is and what fails in it: its path is shown and changed, its errors can be mended", async () => {
  const tulips = project({ name: "Tulips" })
  const asked: unknown[] = []
  fakeApi({
    "GET /projects/{projectId}/apps": () => page([app({ projectId: tulips.id })]),
    "POST /projects/{projectId}/preview-links": ({ body }) => {
      asked.push((body as { returnTo?: string }).returnTo)
      return { url: `https://x.test/?opened=${asked.length}`, expiresAt: tulips.updatedAt }
    },
  })
  const wanted: string[] = []
  const { user } = draw(
    <PreviewPane
      {...{ project: tulips, runId: undefined, device: "390", onDevice: () => {} }}
      onRepair={(prompt) => wanted.push(prompt)}
    />,
    { me: mara(), at: `/projects/${tulips.id}` },
  )
  await screen.findByTitle("Preview of Tulips")
  const says = (vibecaas: object, origin = "https://x.test") =>
    settle(async () => {
      window.dispatchEvent(new MessageEvent("message", { origin, data: { vibecaas } }))
    })
  const field = screen.getByLabelText<HTMLInputElement>("Path in the app")
  await waitFor(() => expect(field.disabled).toBe(false))
  await says({ path: "/books?page=2", mayGoBack: true })
  await says({ path: "/elsewhere", mayGoBack: false }, "https://other.test")
  expect(field.value).toBe("/books?page=2")
  await says({ error: "x is not defined" })
  await says({ error: "x is not defined" })
  await user.click(screen.getByRole("button", { name: "1 error in this page" }))
  screen.getByText("x is not defined")
  await user.click(screen.getByRole("button", { name: "Ask for repair" }))
  expect(wanted).toEqual(["Repair what fails on the page /books?page=2: x is not defined"])
  await user.clear(field)
  await user.type(field, "authors{Enter}")
  await waitFor(() => expect(asked).toEqual(["/", "/authors"]))
  await waitFor(() => expect(screen.queryByText("1 error in this page")).toBeNull())
})

test("on the page of a run that visitors do not see the result of, the preview says so", async () => {
  const tulips = project({ name: "Tulips", preview: "public" })
  const live = app({ projectId: tulips.id, commit: "b".repeat(40) })
  fakeApi({ "GET /projects/{projectId}/apps": () => page([live]) })
  const of = (commit: string) => (
    <PreviewPane
      {...{ project: tulips, runId: "run_1", runCommit: commit.repeat(40), device: "full" }}
      onDevice={() => {}}
    />
  )
  const { unmount } = draw(of("a"), { me: mara(), at: `/projects/${tulips.id}` })
  await screen.findByText(/not the one that this run left/)
  const compare = screen.getByRole("link", { name: "Compare the two" }).getAttribute("href")
  expect(compare).toContain(`history?from=${"a".repeat(40)}&to=${"b".repeat(40)}`)
  unmount()
  draw(of("b"), { me: mara(), at: `/projects/${tulips.id}` })
  await screen.findByText("bbbbbbb")
  expect(screen.queryByText(/not the one that this run left/)).toBeNull()
})
