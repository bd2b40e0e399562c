// @vitest-environment jsdom
import { screen, within } from "@testing-library/react"
import type { LoopStatus, StarterWarming } from "@vibecaas/contract/kinds/platform"
import { expect, test, vi } from "vitest"
import { draw } from "../testing/draw.tsx"
import { fakeApi, Refused } from "../testing/fake-api.ts"
import { app, machine } from "../testing/machines.ts"
import { mara } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { PlatformScreen } from "./platform-screen.tsx"

const me = { ...mara(), platformAdmin: true }
const organizationId = me.organizations[0]?.id ?? ""
const at = "2026-11-22T12:00:00.000Z"

function loop(name: string, given: Partial<LoopStatus> = {}): LoopStatus {
  return {
    ...{ name, description: `Keeps ${name}`, concurrency: 8, running: [], last: null },
    ...{ sweptAt: at, turns: 12, failures: 0, corrections: 0, due: 0, oldestDueAt: null },
    ...{ failing: 0, failingLongest: [] },
    ...given,
  }
}

const garden = project({ name: "Garden" })
const failing = {
  ...{ organizationId, since: at, failures: 3, cause: null, gaveUp: false },
  ...{ id: garden.id as string, fault: "unavailable: The engine is down." },
}
const lost = { ...failing, id: "vm_01", organizationId: "org_elsewhere", failures: 10 }
const broken = [
  loop("projects", { failing: 1, failingLongest: [failing] }),
  loop("machines", {
    ...{ failing: 1, corrections: 2 },
    failingLongest: [{ ...lost, fault: "host_gone: No host.", cause: "tries", gaveUp: true }],
  }),
]
const warm = { state: "done" as const, ready: 18, total: 18, doing: null, failed: [] }
const answering = (items: LoopStatus[], warming: StarterWarming = warm) =>
  fakeApi({
    "GET /platform/loops": () => ({ items, warming }),
    "GET /projects/{projectId}": () => garden,
    "GET /machines/{machineId}": () => worker,
    "GET /apps/{appId}": () => shop,
  })
const worker = machine({ projectId: garden.id, name: "Worker" })
const shop = app({ projectId: garden.id })
const row = (name: RegExp) => within(screen.getByRole("row", { name }))

test("each loop says how it is, what waits and what it repaired", async () => {
  answering([
    loop("runs", { due: 2, oldestDueAt: new Date(Date.now() - 300_000).toISOString() }),
    loop("tasks", { running: [{ organizationId, id: "tsk_1", since: at }] }),
    loop("apps"),
    ...broken,
  ])
  draw(<PlatformScreen />, { me })
  await screen.findByRole("row", {
    name: /^Runs.*Behind.*0 of 8 at work.*2 waiting.*for 5 min/,
  })
  row(/^Tasks.*At work.*1 of 8/)
  row(/^Apps.*At rest/)
  row(/^Projects.*Failing/)
  row(/^Machines.*Needs you.*2 corrections/)
})

test("what is prepared for starters is told, and what could not be says why", async () => {
  const why = "The registry cannot be reached."
  const failed = [{ starter: "react-app", why }]
  answering([], { state: "working", ready: 3, total: 18, doing: "next-app", failed })
  draw(<PlatformScreen />, { me })
  await screen.findByText("3 of 18 that need packages")
  screen.getByText(/Installs or builds next-app/)
  screen.getByText("react-app could not be prepared.")
  screen.getByText(why)
})

test("what fails is named with its sentence and what follows, and leads to it where one may look", async () => {
  answering(broken)
  const { user } = draw(<PlatformScreen />, { me })
  await user.click(await screen.findByRole("tab", { name: "Failing (2)" }))
  const link = await screen.findByRole("link", { name: "Garden" })
  expect(link.getAttribute("href")).toBe(`/o/mara-halden/projects/${garden.id}`)
  row(/Tried again.*3 failed turns.*The engine is down.*unavailable/)
  const foreign = row(/Given up.*as often as it may.*No host.*host_gone/)
  expect(foreign.queryByRole("link")).toBeNull()
  foreign.getByRole("button", { name: /^Copy organization id/ })
})

test("a machine and an app that fail lead to where they are shown", async () => {
  answering([
    loop("machines", { failing: 1, failingLongest: [{ ...failing, id: worker.id }] }),
    loop("apps", { failing: 1, failingLongest: [{ ...failing, id: shop.id }] }),
  ])
  const { user } = draw(<PlatformScreen />, { me })
  await user.click(await screen.findByRole("tab", { name: "Failing (2)" }))
  const at = `/o/mara-halden/projects/${garden.id}`
  const of = async (name: string) =>
    (await screen.findByRole("link", { name })).getAttribute("href")
  expect(await of("Worker of Garden")).toBe(`${at}/machine?machine=${worker.id}`)
  expect(await of("App of Garden")).toBe(`${at}/app`)
})

test("what fails is narrowed by loop, by text and to what was given up, and all comes back", async () => {
  answering(broken)
  const { user } = draw(<PlatformScreen />, { me })
  await user.click(await screen.findByRole("button", { name: "Show what fails of projects" }))
  const rows = () => screen.getAllByRole("row").length - 1
  expect(rows()).toBe(1)
  await user.click(screen.getByRole("checkbox", { name: "Only given up" }))
  await user.click(screen.getByRole("button", { name: "Show all that fails" }))
  expect(rows()).toBe(2)
  await user.type(screen.getByRole("searchbox", { name: "Filter by id or fault" }), "NO HOST")
  expect(rows()).toBe(1)
  row(/No host/)
})

test("where nothing fails, that is said", async () => {
  answering([loop("projects")])
  const { user } = draw(<PlatformScreen />, { me })
  await user.click(await screen.findByRole("tab", { name: "Failing" }))
  expect(screen.getByRole("tabpanel").textContent).toContain("Nothing fails")
  screen.getByText("Everything at rest")
})

test("it is asked again by itself, and says when what it shows is old", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  try {
    const api = answering([loop("projects")])
    draw(<PlatformScreen />, { me })
    await screen.findByRole("row", { name: /At rest/ })
    api.answer({ "GET /platform/loops": () => ({ items: broken, warming: warm }) })
    await vi.advanceTimersByTimeAsync(5000)
    await screen.findByRole("row", { name: /Needs you/ })
    api.answer({
      "GET /platform/loops": () => new Refused({ status: 503, detail: "The database is away." }),
    })
    await vi.advanceTimersByTimeAsync(5000)
    await screen.findByText("The database is away.")
    row(/Needs you/)
  } finally {
    vi.useRealTimers()
  }
})

test("who does not run the installation is told so, and nothing is asked of the server", () => {
  const api = fakeApi({})
  draw(<PlatformScreen />)
  screen.getByText("Only platform admins see this")
  expect(api.calls).toEqual([])
})
