// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import type { ApprovalRules } from "@vibecaas/contract/inquiry"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Me } from "@vibecaas/contract/kinds/tenants"
import type { ReactNode } from "react"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, page, Refused } from "../testing/fake-api.ts"
import { mara, organization } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { ProjectFrame } from "./project-frame.tsx"
import { ProjectSettingsScreen } from "./project-settings-screen.tsx"

const me = mara()
const own = { organizationId: me.organizations[0]?.id ?? "org_", hasMachine: false }
const tulips = project({ ...own, name: "Tulips", version: 7 })

function open(part: ReactNode, also: FakeHandlers = {}, of: { shown?: Project; who?: Me } = {}) {
  const { shown = tulips, who = me } = of
  const api = fakeApi({
    "GET /projects/{projectId}": () => shown,
    "GET /agents/runs": () => page([]),
    ...also,
  })
  const frame = <ProjectFrame projectId={shown.id}>{part}</ProjectFrame>
  return { ...draw(frame, { me: who, at: `/projects/${shown.id}` }), api }
}

test("a project of another organization, or none, is said not to be there", async () => {
  const elsewhere = organization("Elsewhere", "owner")
  open("page", {}, { shown: project({ ...own, organizationId: elsewhere.id }) })
  await screen.findByText("The project is elsewhere")
  expect(screen.queryByText("page")).toBeNull()
})

test("the evidence beside the state leads to what it is of", async () => {
  const detail = async (given: Partial<Project>) => {
    const { unmount } = open("page", {}, { shown: project({ ...own, ...given }) })
    const link = await screen.findByRole("link", { name: given.stateDetail ?? "" })
    const href = link.getAttribute("href")
    unmount()
    return href
  }
  expect(await detail({ stateDetail: "1 wish not built" })).toMatch(/\/projects\/prj_\d+$/)
  expect(await detail({ state: "crashed", stateDetail: "exit code 1" })).toMatch(/\/logs$/)
})

test("one button opens the app, and its address is there to pass on", async () => {
  const { user } = open("page")
  await user.click(await screen.findByRole("button", { name: /^Copy address project-/ }))
  await screen.findByRole("button", { name: /^Copied address project-/ })
  expect(await navigator.clipboard.readText()).toBe(tulips.previewUrl)
  expect(screen.getAllByRole("button", { name: "Open app" })).toHaveLength(1)
})

test("the preview is made public once that is confirmed, and data kept from drafts", async () => {
  const table = { name: "bulbs", rows: 2, columns: [] }
  const database = { path: "app.sqlite", bytes: 4096, tables: [table], failure: null }
  const { user, api } = open(<ProjectSettingsScreen />, {
    "GET /projects/{projectId}/databases": () => ({ items: [database] }),
    "PATCH /projects/{projectId}": ({ body }) => ({ ...tulips, ...(body as object), version: 8 }),
  })
  const control = await screen.findByRole("switch", { name: "Public preview" })
  expect(control.getAttribute("aria-checked")).toBe("false")
  await user.click(control)
  const dialog = within(await screen.findByRole("dialog", { name: "Show Tulips to everybody?" }))
  await dialog.findByText(/all its records \(2 rows in 1 table\)/)
  expect(api.sent("PATCH")).toEqual([])
  await user.click(dialog.getByRole("button", { name: "Make public" }))
  await screen.findByText("Everybody can open Tulips now")
  await user.click(screen.getByRole("switch", { name: "Agents work on a copy of the data" }))
  await waitFor(() =>
    expect(api.sent("PATCH").map(({ body }) => body)).toEqual([
      { preview: "public" },
      { draftData: "none" },
    ]),
  )
})

test("a preview that somebody changed meanwhile stays as it was, and what to do is said", async () => {
  const { user } = open(<ProjectSettingsScreen />, {
    "PATCH /projects/{projectId}": () => new Refused({ status: 412, detail: "Version." }),
  })
  const control = await screen.findByRole("switch", { name: "Public preview" })
  await user.click(control)
  await user.click(await screen.findByRole("button", { name: "Make public" }))
  await screen.findByText(/^Somebody changed the project meanwhile/)
  expect(control.getAttribute("aria-checked")).toBe("false")
})

test("what agents may do by themselves is decided from the version that was read", async () => {
  let rules: ApprovalRules = { deleteFiles: "ask", goLive: "allow", version: 3 }
  const { user, api } = open(<ProjectSettingsScreen />, {
    "GET /projects/{projectId}/approvals": () => rules,
    "PATCH /projects/{projectId}/approvals": () => {
      rules = { ...rules, goLive: "ask", version: 4 }
      return rules
    },
  })
  const live = within(await screen.findByRole("radiogroup", { name: "Go live" }))
  await user.click(live.getByRole("radio", { name: "Ask" }))
  await waitFor(() => expect(api.sent("PATCH")).toMatchObject([{ body: { goLive: "ask" } }]))
  api.answer({
    "PATCH /projects/{projectId}/approvals": () => new Refused({ status: 412, detail: "Version." }),
  })
  await user.click(live.getByRole("radio", { name: "Allow" }))
  await screen.findByText(/^Somebody changed the rules meanwhile/)
})

test("who may only look is told why nothing can be changed", async () => {
  const halden = organization("Halden Works", "viewer")
  const who = mara([halden])
  who.organizations.reverse()
  const shown = project({ ...own, organizationId: halden.id })
  open(<ProjectSettingsScreen />, {}, { shown, who })
  const control = await screen.findByRole("switch", { name: "Public preview" })
  expect(control.getAttribute("aria-disabled")).toBe("true")
  const off = screen.getAllByRole("switch", { description: /^Your role is viewer/ })
  expect(off).toHaveLength(2)
  screen.getByRole("button", { name: "Delete project", description: /^Your role is viewer/ })
})

test("a project is deleted once its name is typed, and the list is shown", async () => {
  const { user, api, visited } = open(<ProjectSettingsScreen />, {
    "DELETE /projects/{projectId}": () => ({ ...tulips, state: "deleting" }),
  })
  await user.click(await screen.findByRole("button", { name: "Delete project" }))
  const dialog = within(await screen.findByRole("dialog", { name: "Delete Tulips?" }))
  const name = dialog.getByRole("textbox")
  await user.type(name, "Tulip{Enter}")
  expect(api.sent("DELETE")).toEqual([])
  await user.type(name, "s{Enter}")
  await waitFor(() => expect(visited).toEqual(["/o/mara-halden/projects"]))
  expect(api.sent("DELETE").map(({ body }) => body)).toEqual([{ name: "Tulips" }])
})
