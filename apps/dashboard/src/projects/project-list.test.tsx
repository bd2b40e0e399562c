// @vitest-environment jsdom
import { screen, act as settle, waitFor, within } from "@testing-library/react"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { expect, test } from "vitest"
import { live, missed } from "../kinds.ts"
import { makeLiveCache } from "../live/live-cache.ts"
import { draw } from "../testing/draw.tsx"
import { fakeApi, Refused } from "../testing/fake-api.ts"
import { mara, organization } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { ProjectList } from "./project-list.tsx"

const list = <ProjectList onExample={() => undefined} />
const page = (items: Project[], nextCursor: string | null = null) => ({ items, nextCursor })
const names = () =>
  within(screen.getByRole("table", { name: "Projects" }))
    .getAllByRole("link")
    .map((link) => link.textContent)

test("the list has the shape of its rows while it is read, then the projects with their addresses", async () => {
  const answer = Promise.withResolvers<ReturnType<typeof page>>()
  fakeApi({ "GET /projects": () => answer.promise })
  draw(list)
  screen.getByText("Loading projects")
  const tulips = project({ name: "Tulips" })
  await settle(async () => answer.resolve(page([tulips])))
  const link = await screen.findByRole("link", { name: "Tulips" })
  expect(link.getAttribute("href")).toBe(`/o/mara-halden/projects/${tulips.id}`)
})

test("only the projects of the open organization are asked for", async () => {
  const halden = organization("Halden Works", "viewer")
  const api = fakeApi({ "GET /projects": () => page([]) })
  draw(list, { me: mara([halden]), open: halden.slug })
  await screen.findByText("No projects yet")
  expect(api.calls[0]?.input.query).toMatchObject({ organizationId: halden.id })
  const example = screen.getByRole("button", { name: "Reading list" })
  expect(example.getAttribute("aria-disabled")).toBe("true")
})

test("a list that could not be read says why, and is read again on demand", async () => {
  const api = fakeApi({
    "GET /projects": () => new Refused({ status: 500, detail: "The database did not answer." }),
  })
  const { user } = draw(list)
  await screen.findByText("The database did not answer.")
  api.answer({ "GET /projects": () => page([project({ name: "Tulips" })]) })
  await user.click(screen.getByRole("button", { name: "Try again" }))
  await screen.findByRole("link", { name: "Tulips" })
})

test("more is loaded on demand, after what is there", async () => {
  fakeApi({
    "GET /projects": ({ query }) =>
      query.cursor ? page([project({ name: "Birch" })]) : page([project({ name: "Alder" })], "2"),
  })
  const { user } = draw(list)
  await screen.findByText("1 project shown")
  await user.click(screen.getByRole("button", { name: "Load more" }))
  await screen.findByText("2 projects")
  expect(names()).toEqual(["Alder", "Birch"])
})

test("a search that finds nothing can be taken back", async () => {
  fakeApi({
    "GET /projects": ({ query }) => page(query.search ? [] : [project({ name: "Tulips" })]),
  })
  const { user } = draw(list)
  await screen.findByRole("link", { name: "Tulips" })
  await user.type(screen.getByRole("searchbox"), "zzz")
  await user.click(await screen.findByRole("button", { name: "Show all projects" }))
  await screen.findByRole("link", { name: "Tulips" })
})

test("an event shows in the row before anything is read again", async () => {
  const tulips = project({ name: "Tulips" })
  const api = fakeApi({ "GET /projects": () => page([tulips]) })
  const { client } = draw(list)
  await screen.findByRole("link", { name: "Tulips" })
  const cache = makeLiveCache({ client, later: () => undefined, live, missed })
  const data = { id: tulips.id, name: "Roses", state: "crashed" }
  const event = { type: "event", topic: `project:${tulips.id}`, cursor: "1", id: tulips.id, data }
  await settle(async () => cache.apply({ ...event, kind: "project.changed" } as never)) // a frame
  await screen.findByRole("link", { name: "Roses" })
  screen.getByRole("cell", { name: "Crashed" })
  expect(api.calls).toHaveLength(1)
})

test("filter, search and order stand in the address, and are there again after a reload", async () => {
  const all = [project({ name: "Birch", state: "failed" }), project({ name: "Alder" })]
  const api = fakeApi({
    "GET /projects": ({ query }) =>
      page(all.filter(({ state }) => !query.state || query.state === state)),
  })
  const { user, unmount } = draw(list)
  await screen.findByRole("link", { name: "Alder" })
  expect(names()).toEqual(["Birch", "Alder"])
  await user.click(screen.getByRole("button", { name: "Project" }))
  expect(names()).toEqual(["Alder", "Birch"])
  expect(screen.getByRole("columnheader", { name: "Project" }).ariaSort).toBe("ascending")
  await user.click(screen.getByRole("radio", { name: /^Failed ?1$/ }))
  await waitFor(() => expect(names()).toEqual(["Birch"]))
  expect(window.location.search).toBe("?sort=name&state=failed")
  unmount()
  draw(list)
  await waitFor(() => expect(names()).toEqual(["Birch"]))
  expect(api.calls.at(-1)?.input.query).toBeDefined()
  window.history.replaceState(null, "", "/")
})

test("a row has a menu: the address to copy, the ways on, and deletion with why not", async () => {
  const halden = organization("Halden Works", "viewer")
  const tulips = project({ name: "Tulips", state: "stopped" })
  fakeApi({ "GET /projects": () => page([tulips]) })
  const { user, visited } = draw(list, { me: mara([halden]), open: halden.slug })
  await user.click(await screen.findByRole("button", { name: "Actions for Tulips" }))
  const menu = within(await screen.findByRole("menu"))
  const off = (name: RegExp) => menu.getByRole("menuitem", { name }).ariaDisabled
  expect(off(/^Open app/)).toBe("true")
  expect(off(/^Delete project ?Your role is viewer/)).toBe("true")
  await user.click(menu.getByRole("menuitem", { name: "Copy address" }))
  await screen.findByText("Copied the address")
  expect(await navigator.clipboard.readText()).toBe(tulips.previewUrl)
  await user.click(screen.getByRole("button", { name: "Actions for Tulips" }))
  await user.click(await screen.findByRole("menuitem", { name: "Settings" }))
  expect(visited).toEqual([`/o/halden-works/projects/${tulips.id}/settings`])
})
