import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { ask, type Person, signIn } from "./api.ts"
import { axeBreaches, openBrowser, openPageAs, photograph } from "./browser.ts"
import { putApp, untilApp } from "./hand-made-app.ts"
import { type Platform, startPlatform } from "./platform.ts"

const greeting = `require("node:http")
  .createServer((_, answer) => answer.end(process.env.GREETING ?? "nothing"))
  .listen(process.env.PORT, process.env.HOST)
`

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
  const files = { "server.js": greeting }
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
