import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { type Person, signIn as signInByApi, signUp, untilRunEnded } from "./api.ts"
import { axeBreaches } from "./axe.ts"
import { openBrowser, openPageAs, photograph, scrollsSidewaysBy } from "./browser.ts"
import { type Platform, startPlatform } from "./platform.ts"
import { killServer, untilReady } from "./processes.ts"
import { type RecordedModels, startRecordedModels } from "./recorded-models.ts"

let models: RecordedModels
let platform: Platform
let browser: Browser
let person: Person
let here: Page
let there: Page
beforeAll(async () => {
  models = await startRecordedModels([])
  const starting = startPlatform({ env: { ...models.env, VIBECAAS_MODEL: "anthropic:offline" } })
  browser = await openBrowser()
  platform = await starting
  person = await signInByApi(platform)
  // Two sign-ins of one person, as on a desktop and a laptop.
  here = (await openPageAs(browser, { platform, person })).page
  there = (await openPageAs(browser, { platform, person: await signInByApi(platform) })).page
})
afterAll(async () => {
  await browser?.close()
  await platform?.remove()
  models?.close()
})

const loadedAt = (of: Page) => of.evaluate(() => performance.timeOrigin)
const live = (of: Page, word: string) =>
  of.getByRole("status").getByText(word, { exact: true }).filter({ visible: true })
const projectIn = (of: Page, name: string) => of.getByRole("table").getByRole("link", { name })
const make = (name: string) => person.call("POST /projects", { body: { name } })

async function openList(of: Page): Promise<void> {
  await of.goto(`${platform.url}/projects`)
  await of.getByRole("heading", { name: "Projects", level: 1 }).waitFor()
  await live(of, "Live").waitFor()
}

test("what one browser makes, renames and deletes, the other shows without a reload", async () => {
  onTestFailed(() => photograph(there, "live-two"))
  await openList(here)
  await openList(there)
  const loaded = await loadedAt(there)
  const project = await make("Garden")
  await projectIn(there, "Garden").waitFor()
  await here.goto(`${person.root}/projects/${project.id}/settings`)
  await here.getByLabel("Project name").fill("Orchard")
  await here.getByRole("button", { name: "Rename project" }).click()
  await projectIn(there, "Orchard").click()
  await there.getByRole("heading", { name: /^Orchard/, level: 1 }).waitFor()
  await here.getByRole("button", { name: "Delete project" }).click()
  const dialog = here.getByRole("dialog", { name: "Delete Orchard?" })
  await dialog.getByLabel(/to confirm/).fill("Orchard")
  await dialog.getByRole("button", { name: "Delete project" }).click()
  await there.getByText("There is no such project").waitFor()
  await there.getByRole("link", { name: "Show all projects" }).click()
  await there.getByText("No projects yet").waitFor()
  expect(await loadedAt(there)).toBe(loaded)
})

test("a run that one browser starts fills the timeline of the other, each step once", async () => {
  onTestFailed(() => photograph(there, "live-run"))
  const project = await make("Notes")
  const address = `${person.root}/projects/${project.id}`
  await there.goto(address)
  await there.getByText("Nothing was asked yet").waitFor()
  await here.goto(address)
  await here.getByLabel("What should it do?").fill("Notes with title and text")
  await here.getByRole("button", { name: "Start run" }).click()
  await there.getByRole("region", { name: "Run 1" }).getByText("Succeeded").waitFor()
  await expectWholeTimeline(there, project.id)
  await there.getByTitle("Preview of Notes").contentFrame().getByRole("heading").first().waitFor()
})

test("two candidates are seen side by side in both browsers, and the promoted one is what visitors get", async () => {
  onTestFailed(() => photograph(there, "live-compare"))
  await here.goto(`${person.root}/projects?new=1`)
  await here.getByLabel("What should it do?").fill("Plants with name and location")
  await here.getByRole("combobox", { name: "Candidates" }).click()
  await here.getByRole("option", { name: "Compare 2 candidates" }).click()
  await here.getByRole("combobox", { name: "Model of candidate 2" }).click()
  await here.getByRole("option", { name: /offline/i }).click()
  await here.getByRole("button", { name: "Create project" }).click()
  const candidate = (of: Page, number: number) =>
    of.getByRole("listitem", { name: `Candidate ${number}` })
  await candidate(here, 2).waitFor()
  await there.goto(here.url())
  for (const number of [1, 2]) {
    await candidate(there, number).getByText("Proved", { exact: true }).waitFor()
    await candidate(there, number)
      .getByText(/^Wishes: \d of \d built/)
      .waitFor()
  }
  await there.getByText("Waits for a choice").first().waitFor()
  const opened = there.waitForEvent("popup")
  await there.getByRole("button", { name: "Open draft of candidate 1" }).click()
  const draft = await opened
  await draft.getByRole("heading").first().waitFor()
  expect(new URL(draft.url()).hostname).toMatch(/--draft-\w{8}\.preview\./)
  await draft.close()
  await there.getByRole("button", { name: "Show changes" }).first().click()
  await there
    .getByRole("region", { name: "Changes of candidate 1" })
    .getByText("app.json", { exact: true })
    .waitFor()
  expect(await axeBreaches(there)).toEqual([])
  await there.setViewportSize({ width: 375, height: 900 })
  expect(await scrollsSidewaysBy(there)).toBe(0)
  await there.setViewportSize({ width: 1440, height: 900 })

  await here.getByRole("button", { name: "Promote candidate 2" }).click()
  await here.getByRole("dialog").getByRole("button", { name: "Promote" }).click()
  await there.getByText("Promoted", { exact: true }).waitFor()
  await candidate(there, 1).getByText("Cancelled", { exact: true }).waitFor()
  await there.getByRole("link", { name: "See run of candidate 2" }).click()
  const preview = there.getByTitle(/^Preview of /).contentFrame()
  await preview.getByRole("heading").first().waitFor()
})

test("after the server died the mark says so quietly, and nothing that happened is missed", async () => {
  onTestFailed(() => photograph(there, "live-drop"))
  const made = await person.call("POST /projects", {
    body: { prompt: "Recipes with name and text" },
  })
  await there.goto(`${person.root}/projects/${made.id}`)
  await there.getByRole("region", { name: "Task graph" }).waitFor()
  await live(there, "Live").waitFor()
  const loaded = await loadedAt(there)
  await killServer(platform)
  await live(there, "Reconnecting").waitFor()
  await there.setViewportSize({ width: 375, height: 812 })
  await live(there, "Reconnecting").waitFor()
  await there.setViewportSize({ width: 1440, height: 900 })
  await untilReady(platform)
  // While the page waits for its next try, more happens.
  await person.call("PATCH /projects/{projectId}", {
    params: { projectId: made.id },
    body: { name: "Cookery" },
  })
  if (made.run) await untilRunEnded(person, made.run.id)
  await live(there, "Live").waitFor()
  await there.getByRole("heading", { name: "Cookery", level: 1 }).waitFor()
  await there.getByRole("region", { name: "Run 1" }).getByText("Succeeded").waitFor()
  await there.getByRole("main").getByText("Running", { exact: true }).waitFor()
  await expectWholeTimeline(there, made.id)
  expect(await loadedAt(there)).toBe(loaded)
})

test("signing out in one tab ends the stream of the others and takes them to the door", async () => {
  const { context, page: first } = await openPageAs(browser, {
    platform,
    person: await signInByApi(platform),
  })
  const second = await context.newPage()
  onTestFailed(() => photograph(second, "live-out"))
  const stream = second.waitForEvent("websocket")
  await openList(second)
  const ended = (await stream).waitForEvent("close")
  await openList(first)
  await first.getByRole("button", { name: /^Account of/ }).click()
  await first.getByRole("menuitem", { name: "Sign out" }).click()
  await first.getByRole("heading", { name: "Sign in", level: 1 }).waitFor()
  await ended
  await second.getByRole("heading", { name: "Sign in", level: 1 }).waitFor()
  await second.goBack()
  await second.getByRole("heading", { name: "Sign in", level: 1 }).waitFor()
  await context.close()
})

test("another person sees nothing of it: not in the list, not by its address, not live", async () => {
  const { context, page: other } = await openPageAs(browser, {
    platform,
    person: await signUp(platform, "Other"),
  })
  onTestFailed(() => photograph(other, "live-other"))
  const heard: string[] = []
  other.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => heard.push(String(payload))),
  )
  await openList(other)
  await other.getByText("No projects yet").waitFor()
  const secret = await make("Hidden away")
  for (const path of ["", "/files", "/machine", "/settings"]) {
    await other.goto(`${platform.url}/projects/${secret.id}${path}`)
    await other.getByText("There is no such project").waitFor()
  }
  await openList(there)
  await projectIn(there, "Hidden away").waitFor()
  await openList(other)
  await other.getByText("No projects yet").waitFor()
  expect(heard.join("\n")).not.toMatch(/Hidden away|event/)
  await context.close()
})

/** The timeline has every step of the newest run, each once. */
async function expectWholeTimeline(of: Page, projectId: Project["id"]): Promise<void> {
  const timeline = of.getByRole("region", { name: "Timeline" })
  const runs = await person.call("GET /agents/runs", { query: { projectId } })
  const runId = runs.items[0]?.id
  if (!runId) throw new Error("there is no run")
  const steps: string[] = []
  let cursor: string | undefined
  do {
    const page = await person.call("GET /agents/runs/{runId}/steps", {
      params: { runId },
      query: cursor ? { cursor } : {},
    })
    steps.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  await timeline.getByText(`${steps.length} steps`).first().waitFor()
  await timeline.getByRole("button", { name: "Show all steps" }).click()
  const earlier = timeline.getByRole("button", { name: /earlier step/ })
  if (await earlier.isVisible()) await earlier.click()
  expect(await timeline.getByRole("listitem").count()).toBe(steps.length)
}
