// @vitest-environment jsdom
import { screen, act as settle, waitFor, within } from "@testing-library/react"
import type { ApprovalRules } from "@vibecaas/contract/inquiry"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Me } from "@vibecaas/contract/kinds/tenants"
import type { ReactNode } from "react"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, page, Refused } from "../testing/fake-api.ts"
import { mara, organization } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { FilesScreen } from "./files-screen.tsx"
import { HistoryScreen } from "./history-screen.tsx"
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
const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

test("a project of another organization, or none, is said not to be there", async () => {
  const elsewhere = organization("Elsewhere", "owner")
  open("page", {}, { shown: project({ ...own, organizationId: elsewhere.id }) })
  await screen.findByText("There is no such project")
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

test("the preview is made public, and data kept from drafts, with one press each", async () => {
  const { user, api } = open(<ProjectSettingsScreen />, {
    "PATCH /projects/{projectId}": ({ body }) => ({ ...tulips, ...(body as object), version: 8 }),
  })
  const control = await screen.findByRole("switch", { name: "Public preview" })
  expect(control.getAttribute("aria-checked")).toBe("false")
  await user.click(control)
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

test("files are found by a part of their path, and the README is open", async () => {
  const file = (path: string) => ({ path, size: 12, sha: "a" })
  const { user } = open(<FilesScreen path={undefined} />, {
    "GET /projects/{projectId}/files": () => ({
      commit: "a".repeat(40),
      items: [file("src/server.ts"), file("README.md"), file("src/page.html")],
    }),
    "GET /projects/{projectId}/file": ({ query }) => ({
      ...{ path: query.path, content: "# Tulips\n", truncated: false, binary: false },
    }),
  })
  await screen.findByRole("figure", { name: "Text of README.md" })
  expect(screen.getByRole("link", { name: /README/ }).getAttribute("aria-current")).toBe("page")
  await user.type(screen.getByRole("searchbox", { name: "Filter files" }), "SERVER")
  expect(screen.getAllByRole("link", { name: /12 B/ }).map((link) => link.textContent)).toEqual([
    "server.ts, 12 B",
  ])
  await user.type(screen.getByRole("searchbox", { name: "Filter files" }), "x")
  screen.getByText("No file matches.")
})

test("a commit opens with what it changed, read once", async () => {
  const commit = {
    ...{ id: "b".repeat(40), parent: "a".repeat(40), author: "Backend agent" },
    ...{ message: "Write the server\n\nRun 1: A list\nStep: 4", at: tulips.createdAt },
  }
  const { user, api } = open(<HistoryScreen />, {
    "GET /projects/{projectId}/commits": () => page([commit]),
    "GET /projects/{projectId}/diff": () => ({
      files: [
        {
          ...{ path: "server.ts", change: "added", added: 1, removed: 0, truncated: false },
          patch: "@@ -0,0 +1 @@\n+listen()\n",
        },
      ],
    }),
  })
  const row = await screen.findByRole("button", { name: /Write the server.*Run 1: A list/ })
  await user.click(row)
  expect((await screen.findByRole("figure")).textContent).toContain("+ listen()")
  await user.click(row)
  await user.click(row)
  await screen.findByRole("figure", { name: "Changes in server.ts" })
  expect(api.calls.filter(({ route }) => route.endsWith("/diff"))).toHaveLength(1)
})

test("a page of the history that does not come is asked for once, and again by a person", async () => {
  const commit = {
    ...{ id: "b".repeat(40), parent: "a".repeat(40), author: "Backend agent" },
    ...{ message: "Write the server", at: tulips.createdAt },
  }
  const { user, api } = open(<HistoryScreen asked={"a".repeat(40)} />, {
    "GET /projects/{projectId}/commits": async ({ query }) => {
      await sleep(5) // as long as a drawing, so that the screen is seen at its asking
      return query.cursor
        ? new Refused({ status: 404, detail: "The page is away." })
        : { items: [commit], nextCursor: "more" }
    },
  })
  const pages = () => api.calls.filter(({ route }) => route.endsWith("/commits"))
  await screen.findByText("The page is away.")
  // Were it asked for again by itself, that would have been done here.
  await settle(() => sleep(100))
  expect(pages()).toHaveLength(2)
  screen.getByText("The page is away.")
  await user.click(screen.getByRole("button", { name: "Load more" }))
  await waitFor(() => expect(pages()).toHaveLength(3))
})
