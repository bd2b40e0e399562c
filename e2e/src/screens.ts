import { mkdirSync } from "node:fs"
import { join, resolve } from "node:path"
import type { App } from "@vibecaas/contract/kinds/apps"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Page } from "playwright-core"
import { type Person, signIn, signUp, untilRunEnded } from "./api.ts"
import { openBrowser, openPage, openPageAs, type View } from "./browser.ts"
import { commitFiles, putApp, untilApp } from "./hand-made-app.ts"
import { startPlatform } from "./platform.ts"
import { startRecordedModels } from "./recorded-models.ts"

/**
 * Photographs every screen in its states, light and dark, wide and narrow, of a real platform with
 * real projects, into `docs/screens`. Run it with `node e2e/src/screens.ts`, and with names of
 * screens, such as `run usage`, to take only those.
 */
interface Screen {
  name: string
  path(projectId: string): string
  /** which calls are held back or failed for the loading and the error picture; none when it reads nothing */
  calls?: string
  /** to whom it has nothing to show: to somebody new, to who made a project of nothing, or to nobody */
  emptyFor?: "newcomer" | "project"
}

const folder = resolve(import.meta.dirname, "../../docs/screens")
const views: readonly View[] = [
  { width: 1440, scheme: "light" },
  { width: 1440, scheme: "dark" },
  { width: 375, scheme: "light" },
  { width: 375, scheme: "dark" },
]
const inProject = (part: string) => (id: string) => `/projects/${id}${part}`
const project = { emptyFor: "project" } as const
const newcomer = { emptyFor: "newcomer" } as const
const all: Screen[] = [
  { name: "projects", path: () => "/projects", calls: "**/api/v1/projects?**", ...newcomer },
  { name: "run", path: inProject(""), calls: "**/api/v1/agents/runs**", ...project },
  {
    name: "compare",
    path: inProject("/compare"),
    calls: "**/api/v1/agents/comparisons**",
    ...project,
  },
  { name: "files", path: inProject("/files"), calls: "**/api/v1/**/files**", ...project },
  { name: "history", path: inProject("/history"), calls: "**/api/v1/**/commits**", ...project },
  { name: "logs", path: inProject("/logs"), calls: "**/api/v1/**/logs**", ...project },
  {
    name: "app",
    path: inProject("/app"),
    calls: "**/api/v1/apps/*/{settings,releases}**",
    ...project,
  },
  { name: "machine", path: inProject("/machine"), calls: "**/api/v1/**/machines*", ...project },
  { name: "project-settings", path: inProject("/settings"), calls: "**/api/v1/projects/prj_*" },
  { name: "activity", path: () => "/activity", calls: "**/api/v1/**/audit**", ...newcomer },
  { name: "usage", path: () => "/usage", calls: "**/api/v1/**/{usage,quotas}**", ...newcomer },
  { name: "settings", path: () => "/settings" },
  { name: "agents", path: () => "/agents", calls: "**/api/v1/**/models/metrics**", ...newcomer },
  { name: "models", path: () => "/models", calls: "**/api/v1/models/**" },
  { name: "platform", path: () => "/platform", calls: "**/api/v1/platform/loops" },
]
const doors = ["sign-in", "sign-up"]
const wanted = process.argv.slice(2)
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name)
const screens = all.filter(({ name }) => isWanted(name))

mkdirSync(folder, { recursive: true })
// Where no language model plans, nothing is compared.
const models = wanted.includes("compare") ? await startRecordedModels([]) : undefined
const env = models ? { ...models.env, VIBECAAS_MODEL: "anthropic:offline" } : {}
const platform = await startPlatform({ looks: true, env })
const browser = await openBrowser()
try {
  await shootDoors()
  await shootEmpty(await signUp(platform, "Nora"))
  const owner = await signIn(platform)
  await shootFull(owner)
  if (isWanted("app") || isWanted("machine")) await shootVersions(owner)
} finally {
  await browser.close()
  await platform.remove()
  models?.close()
}

async function shootDoors(): Promise<void> {
  for (const view of views) {
    const { context, page } = await openPage(browser, view)
    for (const door of doors.filter(isWanted)) {
      await page.goto(`${platform.url}/${door}`)
      await settled(page)
      await shoot(page, door, view)
    }
    await context.close()
  }
}

/** What somebody sees who has nothing, then what is in a project of which nothing was asked. */
async function shootEmpty(person: Person): Promise<void> {
  const shootAll = async (emptyFor: Screen["emptyFor"], id: string) => {
    const chosen = screens.filter((screen) => screen.emptyFor === emptyFor)
    await inEachView(person, chosen, async (page, screen, view) => {
      await page.goto(`${person.root}${screen.path(id)}`)
      await settled(page)
      await shoot(page, `${screen.name}-empty`, view)
    })
  }
  await shootAll("newcomer", "")
  const { id } = await person.call("POST /projects", { body: { name: "Garden" } })
  await shootAll("project", id)
}

async function shootFull(person: Person): Promise<void> {
  const [compared = "", shown = ""] = await makeProjects(person)
  await inEachView(person, screens, async (page, screen, view) => {
    const url = `${person.root}${screen.path(screen.name === "compare" ? compared : shown)}`
    await page.goto(url)
    await settled(page)
    await shoot(page, `${screen.name}-full`, view)
    if (screen.name === "compare") {
      await page.screenshot({ path: picture("compare-whole", view), fullPage: true })
    }
    if (screen.name === "run") {
      await page.getByRole("button", { name: /built and proved$/ }).click()
      await shoot(page, "run-account", view)
    }
    const { name, calls } = screen
    if (!calls) return
    await shootLoading(page, { name, calls, url }, view)
    await shootError(page, { name, calls, url }, view)
  })
}

/** An app with a version that was taken back, on one of two machines. */
async function shootVersions(person: Person): Promise<void> {
  const good = {
    "server.js": `require("node:http")
  .createServer((_, answer) => answer.end("hello")).listen(process.env.PORT, process.env.HOST)\n`,
  }
  const bad = { "server.js": 'throw new Error("no such table: plants")' }
  const { id } = await putApp(person, { name: "Greeter", preview: "private", files: good })
  await untilApp(person, id, ({ state }) => state === "running")
  await commitFiles(person, id, bad)
  const back = ({ phase, state, commitRefused }: App) =>
    commitRefused !== null && phase === "settled" && state === "running"
  await untilApp(person, id, back)
  await person.call("POST /projects/{projectId}/machines", {
    params: { projectId: id },
    body: { name: "Worker", size: { memoryMib: 256 } },
  })
  await inEachView(person, screens, async (page, { name }, view) => {
    if (name !== "app" && name !== "machine") return
    await page.goto(`${person.root}/projects/${id}/${name}`)
    await settled(page)
    await page.screenshot({ path: picture(`${name}-versions`, view), fullPage: true })
    const opener = name === "app" ? "Run this version" : "Add a machine"
    await page.getByRole("button", { name: opener, disabled: false }).last().click()
    await page.getByRole("dialog").waitFor()
    if (name === "machine") await page.getByRole("button", { name: "Add machine" }).click()
    await page.waitForTimeout(700)
    await shoot(page, `${name}-dialog`, view)
  })
}

async function makeProjects(person: Person): Promise<string[]> {
  const goals = [
    "A plant diary: plants with name, place, last watered date and a needs sun flag",
    "A reading list: books with title, author, pages and a finished flag; I want to filter unfinished ones. Only I can add books, and my friends log in to see them.",
  ]
  const ids: string[] = []
  for (const prompt of goals) {
    const made = await person.call("POST /projects", {
      body: { prompt, preview: "private", confirm: "auto" },
    })
    if (made.run) await untilRunEnded(person, made.run.id)
    ids.push(made.id)
  }
  const [compared = "prj_"] = ids
  if (models) await makeComparison(person, compared as Project["id"])
  return ids
}

/** Two candidates of a change, proved and waiting. */
async function makeComparison(person: Person, projectId: Project["id"]): Promise<void> {
  const goal = "Add a rating from 1 to 5. Only I can change it."
  const body = { projectId, goal, candidates: [{}, {}] }
  const { id } = await person.call("POST /agents/comparisons", { body })
  const params = { comparisonId: id }
  const state = async () =>
    (await person.call("GET /agents/comparisons/{comparisonId}", { params })).state
  for (let looks = 0; looks < 240 && (await state()) === "running"; looks += 1) {
    await new Promise((done) => setTimeout(done, 500))
  }
}

async function inEachView(
  person: Person,
  chosen: readonly Screen[],
  take: (page: Page, screen: Screen, view: View) => Promise<void>,
): Promise<void> {
  // Most of the time is waiting, so the views are taken side by side.
  const takeAll = async (view: View) => {
    const { context, page } = await openPageAs(browser, { platform, person, view })
    for (const screen of chosen) await take(page, screen, view)
    await context.close()
  }
  if (chosen.length > 0) await Promise.all(views.map(takeAll))
}

interface Shown {
  name: string
  calls: string
  url: string
}

async function shootLoading(page: Page, { name, calls, url }: Shown, view: View): Promise<void> {
  await page.route(calls, () => new Promise(() => {}))
  await page.goto(url)
  await page.waitForTimeout(700)
  await shoot(page, `${name}-loading`, view)
  await page.unroute(calls)
}

async function shootError(page: Page, { name, calls, url }: Shown, view: View): Promise<void> {
  const problem = {
    ...{ type: "about:blank", title: "Not available", status: 503, code: "unavailable" },
    detail: "The database did not answer. Nothing was changed. Try again in a moment.",
    requestId: "req_01k9x3v8hde8r8z6h3gk5c2v9w",
  }
  await page.route(calls, (route) => route.fulfill({ status: 503, json: problem }))
  await page.goto(url)
  // Calls are tried again a few times before a screen gives up.
  await page.getByRole("button", { name: "Try again" }).first().waitFor({ timeout: 15_000 })
  await shoot(page, `${name}-error`, view)
  await page.unroute(calls)
}

function shoot(page: Page, name: string, view: View): Promise<unknown> {
  return page.screenshot({ path: picture(name, view) })
}

function picture(name: string, { width, scheme }: View): string {
  return join(folder, `${name}-${width}-${scheme}.png`)
}

/** The live stream never lets the network be idle: wait for the content instead. */
async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).first().waitFor()
  const loading = () => page.getByText(/^Loading /).count()
  for (let looks = 0; looks < 40 && (looks === 0 || (await loading()) > 0); looks += 1)
    await page.waitForTimeout(500)
  await page.waitForTimeout(1000)
}
