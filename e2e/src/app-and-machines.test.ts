import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { ask, type Person, signIn } from "./api.ts"
import { axeBreaches } from "./axe.ts"
import { openBrowser, openPageAs, photograph, scrollsSidewaysBy } from "./browser.ts"
import { commitFiles, putApp, untilApp } from "./hand-made-app.ts"
import { type Platform, startPlatform } from "./platform.ts"

const greeting = (word: string) => `require("node:http")
  .createServer((_, answer) => answer.end(${word}))
  .listen(process.env.PORT, process.env.HOST)
`
const first = greeting('process.env.GREETING ?? "nothing"')

let platform: Platform
let browser: Browser
let owner: Person
let project: Project
let page: Page
beforeAll(async () => {
  const starting = startPlatform()
  browser = await openBrowser()
  platform = await starting
  owner = await signIn(platform)
  const files = { "server.js": first }
  project = await putApp(owner, { name: "Greeter", preview: "public", files })
  await untilApp(owner, project.id, ({ state }) => state === "running")
  page = (await openPageAs(browser, { platform, person: owner })).page
})
afterAll(async () => {
  await browser?.close()
  await platform?.remove()
})

test("what a person sets of an app is there once they restarted it", async () => {
  onTestFailed(() => photograph(page, "app-settings"))
  await page.goto(`${owner.root}/projects/${project.id}/app`)
  const form = page.getByRole("form", { name: "Settings of the app" })
  const save = form.getByRole("button", { name: "Save settings" })
  await form.getByRole("button", { name: "Add variable" }).click()
  const name = form.getByRole("textbox", { name: "Name of variable 1" })
  await name.fill("PORT")
  await form.getByRole("textbox", { name: "Value of variable 1" }).fill("hello")
  await save.click()
  await form.getByText("PORT is set by the platform.").waitFor()
  expect(await axeBreaches(page)).toEqual([])

  await name.fill("GREETING")
  await save.click()
  await page.getByRole("button", { name: "Restart app" }).click()
  await untilApp(owner, project.id, (app) => app.state === "running" && app.settingsApplied === 2)
  await page.getByText("The app was started with earlier settings.").waitFor({ state: "detached" })
  expect(await axeBreaches(page)).toEqual([])
  expect((await ask(platform, project.previewUrl)).body).toBe("hello")
})

test("a version that breaks is told with its last lines, and the one before runs on", async () => {
  onTestFailed(() => photograph(page, "app-taken-back"))
  await page.goto(`${owner.root}/projects/${project.id}/app`)
  const releases = page.getByRole("table", { name: "Releases" })
  await releases.getByRole("row", { name: /^2 Version .*Running/ }).waitFor()
  await commitFiles(owner, project.id, { "server.js": 'throw new Error("no such table")' })
  await page.getByText("The version before runs again, with its data.").waitFor()
  await page
    .getByRole("figure", { name: "Last lines of the app" })
    .getByText(/no such table/)
    .first()
    .waitFor()
  await releases
    .getByRole("row", { name: /^3 Version .*Failed.*It ended with exit code 1/ })
    .waitFor()
  expect((await ask(platform, project.previewUrl)).body).toBe("hello")
  expect(await axeBreaches(page)).toEqual([])
})

test("an earlier version is run again from the releases, which lead to what each changed", async () => {
  onTestFailed(() => photograph(page, "app-releases"))
  await commitFiles(owner, project.id, { "server.js": greeting('"another"') })
  const newest = await untilApp(
    owner,
    project.id,
    (app) => app.phase === "settled" && app.state === "running" && app.commit === app.commitWanted,
  )
  const releases = page.getByRole("table", { name: "Releases" })
  const row = releases.getByRole("row", { name: /^1 Version / })
  await row.getByRole("button", { name: "Run this version" }).click()
  const dialog = page.getByRole("dialog", { name: /^Run version [0-9a-f]{7}\?$/ })
  await dialog.getByText("The data stay as they are").waitFor()
  expect(await axeBreaches(page)).toEqual([])
  await dialog.getByRole("button", { name: "Run this version" }).click()
  await untilApp(
    owner,
    project.id,
    (app) => app.phase === "settled" && app.state === "running" && app.commit !== newest.commit,
  )
  expect((await ask(platform, project.previewUrl)).body).toBe("hello")
  await page.setViewportSize({ width: 375, height: 800 })
  expect(await scrollsSidewaysBy(page)).toBe(0)
  await row.getByRole("link", { name: /^Version / }).click()
  await page.getByRole("figure", { name: "Changes in server.js" }).waitFor()
  await page.setViewportSize({ width: 1440, height: 900 })
})

test("a machine is added, started, and deleted by its typed name", async () => {
  onTestFailed(() => photograph(page, "machines"))
  await page.goto(`${owner.root}/projects/${project.id}/machine`)
  await page.getByRole("button", { name: "Add a machine" }).click()
  const form = page.getByRole("form", { name: "Add a machine" })
  await form.getByLabel("Name").fill("Worker")
  await form.getByLabel("Memory in MiB").fill("100")
  await form.getByRole("button", { name: "Add machine" }).click()
  await form.getByText("Use 256 to 4096 MiB.").waitFor()
  expect(await axeBreaches(page)).toEqual([])
  await form.getByLabel("Memory in MiB").fill("256")
  await form.getByRole("button", { name: "Add machine" }).click()
  const worker = page.getByRole("region", { name: "Worker" })
  await worker.getByRole("button", { name: "Start", exact: true }).click()
  await worker.getByText("Running", { exact: true }).waitFor()
  expect(await axeBreaches(page)).toEqual([])
  await page.setViewportSize({ width: 375, height: 800 })
  expect(await scrollsSidewaysBy(page)).toBe(0)
  await page.setViewportSize({ width: 1440, height: 900 })
  await worker.getByRole("button", { name: "Delete" }).click()
  const dialog = page.getByRole("dialog", { name: "Delete Worker?" })
  await dialog.getByLabel("Type Worker to confirm").fill("Worker")
  await dialog.getByRole("button", { name: "Delete machine" }).click()
  await page.getByRole("row", { name: /^Worker/ }).waitFor({ state: "detached" })
  await page.getByRole("row", { name: /^Main machine/ }).waitFor()
})

/** Asks a model at `/ask`, and whatever host is named at `/reach/`. */
const asking = `
const said = async (url, given) => {
  try { return await (await fetch(url, given)).text() } catch (error) { return "failed: " + error.message }
}
const { OPENAI_BASE_URL: models, OPENAI_API_KEY: key, HTTPS_PROXY } = process.env
const question = {
  method: "POST",
  headers: { "content-type": "application/json", authorization: "Bearer " + key },
  body: JSON.stringify({ model: "default", messages: [{ role: "user", content: "Sort this complaint" }] }),
}
require("node:http").createServer(async ({ url }, answer) => {
  if (url.startsWith("/reach/"))
    return answer.end(HTTPS_PROXY ? await said("https://" + url.slice(7)) : "no network")
  answer.end(models ? await said(models + "/chat/completions", question) : "AI is off")
}).listen(process.env.PORT, process.env.HOST)
`

test("a person turns AI on and allows a domain; once restarted the app asks models and reaches nothing else", async () => {
  onTestFailed(() => photograph(page, "ai-and-network"))
  const files = { "server.js": asking }
  const { id, previewUrl } = await putApp(owner, { name: "Asker", preview: "public", files })
  const started = await untilApp(owner, id, ({ state }) => state === "running")
  const read = async (path: string) => (await ask(platform, new URL(path, previewUrl).href)).body
  expect([await read("/ask"), await read("/reach/rates.example")]).toEqual([
    "AI is off",
    "no network",
  ])

  await page.goto(`${owner.root}/projects/${id}/app`)
  const ai = page.getByRole("region", { name: "AI", exact: true })
  await ai.getByLabel("US dollars a month").fill("a lot")
  await ai.getByRole("button", { name: "Turn AI on" }).click()
  await ai.getByText("Use a number.").waitFor()
  await ai.getByLabel("US dollars a month").fill("2.50")
  await page.keyboard.press("Enter")
  await ai.getByText("The app was started before AI was turned on.").waitFor()
  await ai.getByText("AI: simulated.").waitFor()
  expect(await axeBreaches(page)).toEqual([])

  const project = page.getByRole("navigation", { name: "Project" })
  await project.getByRole("link", { name: "Network" }).click()
  await page.getByText("Nothing is reached").waitFor()
  expect(await axeBreaches(page)).toEqual([])
  await page.getByRole("button", { name: "Allow a domain" }).click()
  const dialog = page.getByRole("dialog", { name: "Allow a domain" })
  await dialog.getByRole("textbox", { name: "Domain" }).fill("not a domain")
  await page.keyboard.press("Enter")
  await dialog.getByText(/^Use a domain/).waitFor()
  await dialog.getByRole("textbox", { name: "Domain" }).fill("rates.example")
  await dialog.getByLabel("What for").fill("Rates of the day")
  expect(await axeBreaches(page)).toEqual([])
  await page.keyboard.press("Enter")
  const allowed = page.getByRole("table", { name: "Allowed domains" })
  await allowed.getByRole("row", { name: /rates\.example.*Rates of the day/ }).waitFor()

  await page.goto(`${owner.root}/projects/${id}/app`)
  await page.getByRole("button", { name: "Restart app" }).click()
  await untilApp(owner, id, (app) => app.state === "running" && app.startedAt !== started.startedAt)
  expect(await read("/ask")).toContain("[simulated] No language model is connected")
  await page.reload()
  await ai.getByText("1 this month").waitFor()
  await read("/reach/rates.example")
  await read("/reach/elsewhere.example")
  await page.goto(`${owner.root}/projects/${id}/network`)
  const log = page.getByRole("table", { name: "Newest connections" })
  await log.getByRole("row", { name: /^rates\.example.*There is no host/ }).waitFor()
  await log.getByRole("row", { name: /^elsewhere\.example.*Refused.*is not allowed/ }).waitFor()
  await page.setViewportSize({ width: 375, height: 800 })
  expect(await scrollsSidewaysBy(page)).toBe(0)
  expect(await axeBreaches(page)).toEqual([])
  await page.setViewportSize({ width: 1440, height: 900 })

  await allowed.getByRole("button", { name: "Revoke rates.example" }).click()
  await page.getByText("Nothing is reached").waitFor()
  await page.goto(`${owner.root}/projects/${id}/app`)
  await ai.getByRole("button", { name: "Turn AI off" }).click()
  await ai.getByRole("button", { name: "Turn AI on" }).waitFor()
  expect(await read("/ask")).toMatch(/^failed/)
})
