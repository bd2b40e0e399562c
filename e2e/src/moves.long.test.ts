import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { ask, type Person, signIn } from "./api.ts"
import { axeBreaches } from "./axe.ts"
import { openBrowser, openPageAs, photograph, scrollsSidewaysBy } from "./browser.ts"
import { putApp, untilApp } from "./hand-made-app.ts"
import { type Platform, startPlatform } from "./platform.ts"

/** Counts how often it was started, in its data. */
const counting = `
  const { appendFileSync, readFileSync } = require("node:fs")
  const file = process.env.DATA_DIR + "/starts"
  appendFileSync(file, "x")
  require("node:http").createServer((_, answer) => answer.end("starts: " + readFileSync(file, "utf8").length))
    .listen(process.env.PORT, process.env.HOST)
`

let platform: Platform
let browser: Browser
let person: Person
let page: Page
let first: Project
beforeAll(async () => {
  const starting = startPlatform()
  browser = await openBrowser()
  platform = await starting
  person = await signIn(platform)
  page = (await openPageAs(browser, { platform, person })).page
  first = await putApp(person, {
    ...{ name: "Counter", preview: "public" },
    files: { "server.js": counting, "package.json": '{"name":"counter"}' },
  })
  await untilApp(person, first.id, isRunning)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await platform?.remove()
})

const title = (name: string | RegExp) => page.getByRole("heading", { name, level: 1 })
const isRunning = ({ state }: { state: string }) => state === "running"
/** How often an app was started on the data that it has. */
async function startsOf(of: Pick<Project, "previewUrl">): Promise<number> {
  const { body } = await ask(platform, of.previewUrl)
  return Number(/starts: (\d+)/.exec(body)?.[1] ?? 0)
}
const readProject = (projectId: Project["id"]) =>
  person.call("GET /projects/{projectId}", { params: { projectId } })
const idInAddress = () => /projects\/(prj_\w+)/.exec(page.url())?.[1] as Project["id"]

/** axe, and nothing that scrolls sideways, wide in both schemes and on a phone. */
async function expectAccessible(name: string): Promise<void> {
  for (const [width, colorScheme] of [
    [1440, "light"],
    [1440, "dark"],
    [375, "light"],
  ] as const) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 900 })
    await photograph(page, `${name}-${width}-${colorScheme}`)
    expect(await axeBreaches(page), `${name} ${width} ${colorScheme}`).toEqual([])
    expect(await scrollsSidewaysBy(page)).toBe(0)
  }
  await page.emulateMedia({ colorScheme: "light" })
  await page.setViewportSize({ width: 1440, height: 900 })
}

test("an archive becomes a project that runs, from the page of projects", async () => {
  onTestFailed(() => photograph(page, "import"))
  const answer = await fetch(
    `http://127.0.0.1:${platform.port}/api/v1/projects/${first.id}/archive`,
    {
      headers: { cookie: person.cookie },
    },
  )
  const buffer = Buffer.from(await answer.arrayBuffer())
  await page.goto(`${person.root}/projects`)
  await page.getByRole("button", { name: "Import" }).click()
  const dialog = page.getByRole("dialog", { name: "Import a project" })
  await dialog.getByLabel("Address").waitFor()
  await expectAccessible("import-git")
  await dialog.getByRole("radio", { name: "ZIP archive" }).check()
  await dialog
    .getByLabel("Archive", { exact: true })
    .setInputFiles({ name: "my-counter.zip", mimeType: "application/zip", buffer })
  await expect.poll(() => dialog.getByLabel("Name").inputValue()).toBe("My counter")
  await expectAccessible("import-archive")
  await dialog.getByRole("button", { name: "Import", exact: true }).click()
  await title(/^My counter/).waitFor()
  await untilApp(person, idInAddress(), isRunning)
}, 120_000)

test("an address that is none is said at its field, and what cannot be reached on the project", async () => {
  onTestFailed(() => photograph(page, "import-refused"))
  await page.goto(`${person.root}/projects`)
  await page.getByRole("button", { name: "Import" }).click()
  const dialog = page.getByRole("dialog", { name: "Import a project" })
  await dialog.getByLabel("Address").fill("http://example.com/app.git")
  await dialog.getByRole("button", { name: "Import", exact: true }).click()
  await dialog.getByText("Use an https address").waitFor()
  await dialog.getByLabel("Address").fill("https://localhost/you/app.git")
  await dialog.getByRole("button", { name: "Import", exact: true }).click()
  await title(/^App/).waitFor()
  await page.getByText("Not imported from https://localhost/you/app.git.").waitFor()
  await expectAccessible("import-failed")
}, 60_000)

test("an import that failed is tried again from another address, in the same project", async () => {
  onTestFailed(() => photograph(page, "import-again"))
  const id = idInAddress()
  await page.getByRole("button", { name: "Try again" }).click()
  const dialog = page.getByRole("dialog", { name: "Try the import again" })
  await expect
    .poll(() => dialog.getByLabel("Address").inputValue())
    .toBe("https://localhost/you/app.git")
  await expectAccessible("import-again")
  await dialog.getByLabel("Address").fill("https://localhost/you/other.git")
  await dialog.getByRole("button", { name: "Try again" }).click()
  await page.getByText("Not imported from https://localhost/you/other.git.").waitFor()
  expect(idInAddress()).toBe(id)
}, 60_000)

test("a project is duplicated with its data", async () => {
  onTestFailed(() => photograph(page, "duplicate"))
  await page.goto(`${person.root}/projects/${first.id}/settings`)
  const form = page.getByRole("form", { name: "Duplicate" })
  await expect.poll(() => form.getByLabel("Name of the copy").inputValue()).toBe("Copy of Counter")
  await form.getByRole("checkbox", { name: "Data of the app" }).check()
  await expectAccessible("duplicate")
  await form.getByRole("button", { name: "Duplicate project" }).click()
  await title(/^Copy of Counter/).waitFor()
  const id = idInAddress()
  await untilApp(person, id, isRunning)
  const versions = await person.call("GET /projects/{projectId}/versions", {
    params: { projectId: id },
    query: {},
  })
  expect(versions.items).toHaveLength(1)
  const copied = await readProject(id)
  await expect.poll(() => startsOf(copied), { timeout: 30_000 }).toBeGreaterThan(1)
}, 120_000)

test("a project goes to another organization, is told what changes, and runs there at its address", async () => {
  onTestFailed(() => photograph(page, "transfer"))
  const target = await person.call("POST /organizations", { body: { name: "Gardeners" } })
  await page.goto(`${person.root}/projects/${first.id}/settings`)
  await page.getByRole("button", { name: "Transfer project" }).click()
  const dialog = page.getByRole("dialog", { name: "Transfer Counter" })
  await dialog.getByText("What it needs of Gardeners").waitFor()
  await dialog.getByText("Its address stays.").waitFor()
  await expectAccessible("transfer")
  await dialog.getByLabel("Type Counter to confirm").fill("Counter")
  await dialog.getByRole("button", { name: "Transfer project" }).click()
  const params = { projectId: first.id }
  const owner = async () => (await readProject(first.id)).organizationId
  await expect.poll(owner, { timeout: 60_000, interval: 250 }).toBe(target.id)
  await untilApp(person, first.id, isRunning)
  const moves = await person.call("GET /projects/{projectId}/moves", { params })
  expect(moves.items[0]).toMatchObject({ way: "transfer", state: "done" })
  await expect.poll(() => startsOf(first), { timeout: 30_000 }).toBeGreaterThan(1)
  await page.goto(`${platform.url}/projects/${first.id}`)
  await title(/^Counter/).waitFor()
  expect(page.url()).toContain(`/o/${target.slug}/`)
  await expectAccessible("transferred")
}, 120_000)
