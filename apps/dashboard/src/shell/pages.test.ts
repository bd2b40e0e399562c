import { existsSync } from "node:fs"
import { expect, test } from "vitest"
import { pages } from "../kinds.ts"
import { pathsOf } from "../paths.ts"
import { hrefOf, mainPages, pagesBelow, trailTo } from "./pages.ts"

const projectId = "prj_1"
const names = (list: readonly { name: string }[]) => list.map(({ name }) => name)

test("the main pages stand in their order, whichever kind brings them", () => {
  const inOrder = ["Projects", "Activity", "Usage", "Settings", "Platform"]
  const all = names(mainPages(pages, () => true))
  expect(all.filter((name) => inOrder.includes(name))).toEqual(inOrder)
})

test("only who runs the installation is led to what keeps it going", () => {
  const owner = mainPages(pages, (right) => right !== "platform-admin")
  expect(names(owner)).not.toContain("Platform")
})

test("the tabs of a project come from several kinds; the first is at the project's own address", () => {
  const tabs = pagesBelow(pages, "/projects/{projectId}")
  expect(names(tabs)).toEqual([
    "Runs",
    "Compare",
    "Files",
    "Data model",
    "Data",
    "Packages",
    "History",
    "Logs",
    "App",
    "Secrets",
    "Network",
    "Machine",
    "Settings",
  ])
  expect(tabs[0] && hrefOf(tabs[0], { projectId })).toBe("/projects/prj_1")
})

test("the trail to a page names every page above it", () => {
  const trail = trailTo(pages, "/projects/a%2Fb/machine")
  expect(names(trail.map(({ page }) => page))).toEqual(["Projects", "Project", "Machine"])
  expect(trail[1]).toMatchObject({ params: { projectId: "a/b" }, href: "/projects/a%2Fb" })
  expect(names(trailTo(pages, "/usage").map(({ page }) => page))).toEqual(["Usage"])
  expect(trailTo(pages, "/nowhere/x")).toEqual([])
})

test.each(pages)("$at has a file that shows it, and its parents are pages too", ({ at }) => {
  const folder = at.replaceAll("{", "[").replaceAll("}", "]")
  expect(existsSync(new URL(`../app/o/[organization]${folder}/page.tsx`, import.meta.url))).toBe(
    true,
  )
  expect(
    trailTo(
      pages,
      hrefOf({ at, name: "", place: 0 }, { projectId, starterId: "board", storeId: "sto_1" }),
    ),
  ).toHaveLength(at.split("/").length - 1)
})

test("addresses made by hand are those of the tree", () => {
  const paths = pathsOf("halden")
  const tree = pages.map((page) => `/o/halden${hrefOf(page, { projectId })}`)
  const made = [paths.projects(), paths.project(projectId), paths.settings(), paths.apiKeys()]
  for (const path of made) expect(tree).toContain(path)
})
