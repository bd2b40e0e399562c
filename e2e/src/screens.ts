import { mkdirSync } from "node:fs"
import { join, resolve } from "node:path"
import type { Page } from "playwright-core"
import { type Person, signIn as signInByApi, untilRunEnded } from "./api.ts"
import { openBrowser, openPage, signIn } from "./browser.ts"
import { type Platform, startPlatform } from "./platform.ts"

/**
 * Photographs every screen in its states, light and dark, wide and narrow, of a real platform with
 * real projects, into `docs/screens`. Run it with `node e2e/src/screens.ts`.
 */
interface Screen {
  name: string
  path: (projectId: string) => string
  /** which calls are held back or failed for the loading and the error picture */
  calls: string
}

const folder = resolve(import.meta.dirname, "../../docs/screens")
const views = [
  { width: 1440, scheme: "light" },
  { width: 1440, scheme: "dark" },
  { width: 375, scheme: "light" },
  { width: 375, scheme: "dark" },
] as const
const inProject = (part: string) => (id: string) => `/projects/${id}${part}`
const screens: Screen[] = [
  { name: "projects", path: () => "/projects", calls: "**/api/v1/projects?**" },
  { name: "run", path: inProject(""), calls: "**/api/v1/agents/runs**" },
  { name: "files", path: inProject("/files"), calls: "**/api/v1/**/files**" },
  { name: "history", path: inProject("/history"), calls: "**/api/v1/**/commits**" },
  { name: "logs", path: inProject("/logs"), calls: "**/api/v1/**/logs**" },
  { name: "machine", path: inProject("/machine"), calls: "**/api/v1/**/microvm" },
  { name: "project-settings", path: inProject("/settings"), calls: "" },
  { name: "activity", path: () => "/activity", calls: "**/api/v1/**/audit**" },
  { name: "usage", path: () => "/usage", calls: "**/api/v1/**/{usage,quotas}**" },
  { name: "settings", path: () => "/settings", calls: "" },
]

mkdirSync(folder, { recursive: true })
const platform = await startPlatform()
try {
  const admin = await signInByApi(platform)
  const browser = await openBrowser()
  for (const view of views) {
    const { context, page } = await openPage(browser, view)
    const shoot = (name: string) =>
      page.screenshot({ path: join(folder, `${name}-${view.width}-${view.scheme}.png`) })
    await page.goto(`${platform.url}/sign-in`)
    await shoot("sign-in")
    await signIn(page, platform.url, platform.admin)
    if (view === views[0]) await emptyThenFull(platform, admin, page)
    const projectId = (await admin.call("GET /projects", {})).items[0]?.id ?? ""
    for (const screen of screens) await shootScreen(page, screen, { projectId, shoot })
    await context.close()
  }
  await browser.close()
} finally {
  await platform.remove()
}

async function emptyThenFull(at: Platform, admin: Person, page: Page): Promise<void> {
  await page.screenshot({ path: join(folder, "projects-empty-1440-light.png") })
  await page.setViewportSize({ width: 375, height: 812 })
  await page.screenshot({ path: join(folder, "projects-empty-375-light.png") })
  await page.setViewportSize({ width: 1440, height: 900 })
  const goals = [
    "A plant diary: plants with name, place, last watered date and a needs sun flag",
    "asdf qwer zxcv",
    "A reading list: books with title, author, pages and a finished flag; I want to filter unfinished ones",
  ]
  for (const prompt of goals) {
    const project = await admin.call("POST /projects", { body: { prompt, preview: "private" } })
    if (project.run) await untilRunEnded(admin, project.run.id)
  }
  void at
}

async function shootScreen(
  page: Page,
  screen: Screen,
  with_: { projectId: string; shoot: (name: string) => Promise<unknown> },
): Promise<void> {
  const url = new URL(screen.path(with_.projectId), page.url()).href
  await page.goto(url)
  await settled(page)
  await with_.shoot(`${screen.name}-full`)
  if (!screen.calls) return
  await page.route(screen.calls, () => new Promise(() => {}))
  await page.goto(url)
  await page.waitForTimeout(700)
  await with_.shoot(`${screen.name}-loading`)
  await page.unroute(screen.calls)
  const problem = {
    ...{ type: "about:blank", title: "Not available", status: 503, code: "unavailable" },
    detail: "The database did not answer. Nothing was changed. Try again in a moment.",
    requestId: "req_01k9x3v8hde8r8z6h3gk5c2v9w",
  }
  await page.route(screen.calls, (route) => route.fulfill({ status: 503, json: problem }))
  await page.goto(url)
  // Calls are tried again a few times before a screen gives up.
  await page.getByRole("button", { name: "Try again" }).first().waitFor({ timeout: 15_000 })
  await with_.shoot(`${screen.name}-error`)
  await page.unroute(screen.calls)
}

/** The live stream never lets the network be idle: wait for the content instead. */
async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).first().waitFor()
  await page.waitForTimeout(1500)
}
