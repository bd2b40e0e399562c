import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { type Person, signIn as signInByApi } from "./api.ts"
import { axeBreaches, contrastBreaches } from "./axe.ts"
import {
  complaintsOf,
  openBrowser,
  openPage,
  photograph,
  scrollsSidewaysBy,
  signIn,
  wide,
} from "./browser.ts"
import { untilApp } from "./hand-made-app.ts"
import { type Platform, startPlatform } from "./platform.ts"

let platform: Platform
let browser: Browser
let page: Page
let person: Person
let project: Project
let complaints: string[]
beforeAll(async () => {
  const starting = startPlatform({})
  browser = await openBrowser()
  page = (await openPage(browser, wide)).page
  complaints = complaintsOf(page)
  platform = await starting
  person = await signInByApi(platform)
  const body = { name: "Studio", starter: { id: "record-keeper", parameters: {} } }
  project = await person.call("POST /projects", { body: { ...body, preview: "public" } })
  await untilRunning()
})
afterAll(async () => {
  await browser?.close()
  await platform?.remove()
})

const untilRunning = (commit?: string) =>
  untilApp(
    person,
    project.id,
    (app) => app.state === "running" && app.commit === (commit ?? app.commit),
  )

test("a field that is added in the form is in the app, and the record from before is still there", async () => {
  onTestFailed(() => photograph(page, "data-model"))
  const visitor = (await openPage(browser, wide)).page
  await visitor.goto(`${project.previewUrl}/clients/new`)
  await visitor.getByLabel("Name").fill("Ada Lovelace")
  await visitor.getByRole("button", { name: "Add client" }).click()
  await visitor.getByRole("heading", { name: "Ada Lovelace" }).waitFor()

  await signIn(page, platform.url, platform.admin)
  await page.goto(`${person.root}/projects/${project.id}/data-model`)
  await page.getByRole("button", { name: /^Clients 1 record$/ }).click()
  await page.getByLabel("New field", { exact: true }).fill("Customer number")
  await page.getByRole("button", { name: "Add field" }).click()
  const changes = page.getByRole("region", { name: "What will change" })
  await changes.getByText("Adds Customer number to Clients").waitFor()
  await changes.getByText("1 record kept, empty there").waitFor()
  await changes.getByRole("button", { name: "Save and run" }).click()
  await changes.getByText(/^Nothing yet/).waitFor()

  const { commit } = await person.call("GET /projects/{projectId}/data-model", {
    params: { projectId: project.id },
    query: {},
  })
  await untilRunning(commit)
  await visitor.goto(`${project.previewUrl}/clients/1/edit`)
  expect(await visitor.getByLabel("Name").inputValue()).toBe("Ada Lovelace")
  await visitor.getByLabel("Customer number").fill("C-1")
  await visitor.getByRole("button", { name: "Save changes" }).click()
  await visitor.getByText("C-1").waitFor()
  await visitor.close()
})

test("a field keeps the focus while it is moved by keyboard", async () => {
  onTestFailed(() => photograph(page, "data-model-keyboard"))
  await page.reload()
  const down = page.getByRole("button", { name: "Move Name down" })
  await down.focus()
  await page.keyboard.press("Enter")
  const first = page.getByRole("textbox", { name: "Field" }).first()
  await expect.poll(() => first.inputValue()).toBe("Client")
  expect(await down.evaluate((button) => button.matches(":focus"))).toBe(true)
  await page.keyboard.press("Enter")
  await page.getByRole("button", { name: "Undo" }).click()
  await page.getByRole("button", { name: "Undo" }).click()
})

test("the page is without a breach, light and dark, wide and narrow, with all details open", async () => {
  onTestFailed(() => photograph(page, "data-model-narrow"))
  await page.getByRole("button", { name: "Details of Left" }).click()
  await page.getByRole("button", { name: "Details of Status" }).click()
  for (const width of [1440, 375]) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme: "light" })
    expect(await axeBreaches(page), `${width} px, light`).toEqual([])
    expect(await scrollsSidewaysBy(page)).toBe(0)
    await page.emulateMedia({ colorScheme: "dark" })
    expect(await contrastBreaches(page), `${width} px, dark`).toEqual([])
  }
  expect(complaints).toEqual([])
})
