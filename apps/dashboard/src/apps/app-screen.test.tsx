// @vitest-environment jsdom
import { screen, act as settle, waitFor, within } from "@testing-library/react"
import type { App } from "@vibecaas/contract/kinds/apps"
import { expect, test, vi } from "vitest"
import { live, missed } from "../kinds.ts"
import { makeLiveCache } from "../live/live-cache.ts"
import { ProjectFrame } from "../projects/project-frame.tsx"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, page, Refused } from "../testing/fake-api.ts"
import { app, commit, release } from "../testing/machines.ts"
import { mara, organization } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { AppScreen } from "./app-screen.tsx"

const me = mara()
const tulips = project({ name: "Tulips", organizationId: me.organizations[0]?.id ?? "org_" })
const projectId = tulips.id
const draft = app({ projectId, purpose: "draft", state: "crashed" })
const runs = app({ projectId })
const settings = { command: null, environment: { GREETING: "hello" }, version: 1 }

function open(shown: App, also: FakeHandlers = {}, who = me) {
  const api = fakeApi({
    "GET /projects/{projectId}": () => ({
      ...tulips,
      organizationId: who.organizations[0]?.id ?? "org_",
    }),
    "GET /agents/runs": () => page([]),
    "GET /projects/{projectId}/machines": () => page([]),
    "GET /projects/{projectId}/apps": () => page([draft, shown]),
    "GET /apps/{appId}/settings": () => settings,
    "GET /apps/{appId}/releases": () => page([release({ number: 1 })]),
    ...also,
  })
  const drawn = draw(
    <ProjectFrame projectId={projectId}>
      <AppScreen />
    </ProjectFrame>,
    { me: who, at: `/projects/${projectId}/app` },
  )
  return { ...drawn, api }
}
const panel = (name: string) => screen.findByRole("region", { name })
const form = () => screen.findByRole("form", { name: "Settings of the app" })

test("settings are saved from the version that was read, and a restart is due until one was made", async () => {
  const { user, api } = open(runs, {
    "PATCH /apps/{appId}/settings": ({ body }) => ({
      ...settings,
      ...(body as object),
      version: 2,
    }),
    "POST /apps/{appId}/restart": () => runs,
  })
  await form()
  const save = () => screen.getByRole("button", { name: "Save settings" })
  expect(save().getAttribute("aria-disabled")).toBe("true")
  const value = screen.getByRole("textbox", { name: "Value of variable 1" })
  await user.clear(value)
  await user.type(value, "servus")
  api.answer({ "GET /projects/{projectId}/apps": () => page([{ ...runs, settingsVersion: 2 }]) })
  await user.click(save())
  await waitFor(() =>
    expect(api.sent("PATCH")[0]?.body).toEqual({
      command: null,
      environment: { GREETING: "servus" },
    }),
  )
  await waitFor(() => expect(save().getAttribute("aria-disabled")).toBe("true"))
  await user.click(screen.getByRole("button", { name: "Restart app" }))
  await screen.findByText("The app was started with earlier settings.")
  api.answer({
    "GET /projects/{projectId}/apps": () =>
      page([{ ...runs, settingsVersion: 2, settingsApplied: 2 }]),
  })
  await user.click(screen.getByRole("button", { name: "Restart app" }))
  await waitFor(() =>
    expect(screen.queryByText("The app was started with earlier settings.")).toBeNull(),
  )
})

test("leaving the page with settings that were not saved is asked about", async () => {
  const { user } = open(runs)
  await user.type(await screen.findByLabelText("Start command"), "node other.js")
  const confirm = vi.spyOn(window, "confirm").mockReturnValue(false)
  await user.click(screen.getByRole("link", { name: "Logs" }))
  expect(confirm).toHaveBeenCalledOnce()
  await user.clear(screen.getByLabelText("Start command"))
  confirm.mockRestore()
})

test("a variable that the platform sets is refused at its line, and nothing is sent", async () => {
  const { user, api } = open(runs)
  await user.type(await screen.findByRole("textbox", { name: "Name of variable 1" }), "{Home}PORT")
  await user.clear(screen.getByRole("textbox", { name: "Name of variable 1" }))
  await user.type(screen.getByRole("textbox", { name: "Name of variable 1" }), "PORT{Enter}")
  await screen.findByText("PORT is set by the platform.")
  expect(api.sent("PATCH")).toEqual([])
})

test("a version that was taken back is told with why, and with its last lines", async () => {
  open({
    ...runs,
    ...{ commitWanted: commit("b"), commitRefused: commit("b"), exitCode: 1 },
    failure: "The version bbbbbbb was taken back. It ended with exit code 1.",
    logTail: ["Error: no such table"],
  })
  await screen.findByText("The version before runs again, with its data.")
  screen.getByText("The version bbbbbbb was taken back. It ended with exit code 1.")
  screen.getByText("Last lines of bbbbbbb")
  expect(screen.getByRole("figure", { name: "Last lines of the app" }).textContent).toContain(
    "no such table",
  )
})

test.each([
  ["switching", "Version bbbbbbb takes the place of what ran."],
  ["returning", "The version before comes back, with its data as they were."],
] as const)("an app that is %s says what visitors meet", async (phase, words) => {
  open({ ...runs, phase, state: "starting", commitWanted: commit("b") })
  await screen.findByText(words)
})

test("each release tells its version, what became of it and with which settings, page by page", async () => {
  const failed = release({
    ...{ number: 2, commit: commit("b"), outcome: "failed", failure: "It ended with exit code 1." },
    ...{ endedAt: "2026-11-22T12:03:05.000Z", settingsVersion: 3, variables: ["A", "B"] },
  })
  const first = release({ number: 1, outcome: "replaced", endedAt: "2026-11-22T14:00:00.000Z" })
  const { user } = open(runs, {
    "GET /apps/{appId}/releases": ({ query }) =>
      query.cursor ? page([first]) : { items: [failed], nextCursor: "more" },
  })
  const releases = within(await panel("Releases"))
  const row = await releases.findByRole("row", {
    name: /2 Version bbbbbbb .*Failed.*It ended with exit code 1\..*3 min 5 s.*3.*2 variables/,
  })
  const link = within(row).getByRole("link", { name: "Version bbbbbbb" })
  expect(link.getAttribute("href")).toBe(
    `/o/mara-halden/projects/${projectId}/history?commit=${commit("b")}`,
  )
  await user.click(releases.getByRole("button", { name: "Load more" }))
  await releases.findByRole("row", { name: /1 Version aaaaaaa .*Replaced.*2 h 0 min/ })
})

test("an earlier version is run once what becomes of the data was read", async () => {
  const refused = new Refused({ status: 409, detail: "The machine is being deleted." })
  const { user, api } = open(runs, {
    "GET /apps/{appId}/releases": () =>
      page([
        release({ number: 2 }),
        release({ number: 1, commit: commit("b"), outcome: "replaced" }),
      ]),
    "POST /apps/{appId}/deploy": () => refused,
  })
  const [newest, earlier] = await screen.findAllByRole("button", { name: "Run this version" })
  expect(newest?.getAttribute("aria-disabled")).toBe("true")
  if (earlier) await user.click(earlier)
  const dialog = within(await screen.findByRole("dialog", { name: "Run version bbbbbbb?" }))
  dialog.getByText(/^The data stay as they are/)
  await user.click(dialog.getByRole("button", { name: "Run this version" }))
  await dialog.findByText("The machine is being deleted.")
  api.answer({ "POST /apps/{appId}/deploy": () => ({ ...runs, commitWanted: commit("b") }) })
  await user.click(dialog.getByRole("button", { name: "Run this version" }))
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull())
  expect(api.sent("POST").at(-1)).toMatchObject({
    params: { appId: runs.id },
    body: { commit: commit("b") },
  })
})

test("what happens to the app is on the page before anything is read again", async () => {
  const { client } = open(runs)
  await panel("Releases")
  const cache = makeLiveCache({ client, later: () => undefined, live, missed })
  const data = { ...runs, state: "crashed", failure: "It ended with exit code 7.", restarts: 3 }
  const event = { type: "event", topic: "t", cursor: "1", kind: "app.changed", id: runs.id, data }
  await settle(async () => cache.apply(event as never)) // a frame
  await screen.findByText(/It ended with exit code 7\. It stays down/)
})

test("who may only look sees the app and its releases, and why the settings are not shown", async () => {
  const halden = organization("Halden Works", "viewer")
  const who = { ...mara(), organizations: [halden] }
  const { api } = open(runs, {}, who)
  await panel("App")
  await screen.findByText("Not for your role")
  await screen.findByRole("button", {
    name: "Run this version",
    description: /^Your role is viewer/,
  })
  expect(api.calls.some(({ route }) => route === "GET /apps/{appId}/settings")).toBe(false)
})

test("before there is an app, and when it cannot be read, that is said", async () => {
  const { unmount } = open(runs, { "GET /projects/{projectId}/apps": () => page([draft]) })
  await screen.findByText("No app yet")
  unmount()
  open(runs, {
    "GET /projects/{projectId}/apps": () => new Refused({ status: 404, detail: "Away." }),
  })
  await screen.findByText("The app could not be read")
})
