import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { ask, type Person, signIn as signInByApi, signUp } from "./api.ts"
import { axeBreaches } from "./axe.ts"
import {
  complaintsOf,
  openBrowser,
  openPage,
  photograph,
  previewOf,
  scrollsSidewaysBy,
  signIn,
  wide,
} from "./browser.ts"
import { liveOf } from "./hand-made-app.ts"
import { type Platform, startPlatform } from "./platform.ts"

const goal = "A reading list: books with title, author, pages and a finished flag"
const book = "Piranesi"

let platform: Platform
let browser: Browser
let page: Page
let person: Person
let complaints: string[]
beforeAll(async () => {
  const starting = startPlatform({ looks: true })
  browser = await openBrowser()
  page = (await openPage(browser, wide)).page
  complaints = complaintsOf(page)
  platform = await starting
  person = await signInByApi(platform)
})
afterAll(async () => {
  await browser?.close()
  await platform?.remove()
})

const app = () => previewOf(page, "Reading list")
const tab = (name: string) =>
  page.getByRole("navigation", { name: "Project" }).getByRole("link", { name }).click()
const loadedAt = (of: Page) => of.evaluate(() => performance.timeOrigin)
const taskOf = (of: Page, role: string, state: string) =>
  of
    .getByRole("region", { name: "Task graph" })
    .getByRole("button", { name: new RegExp(`^${role} .*\\b${state}\\b`) })

test("a sentence becomes a proposal, and confirmed its steps and a running app, all without a reload", async () => {
  onTestFailed(() => photograph(page, "sentence"))
  await signIn(page, platform.url, platform.admin)
  const loaded = await loadedAt(page)
  await page.getByRole("button", { name: "New project" }).click()
  await page.getByLabel("What should it do?").fill(goal)
  await page.getByRole("button", { name: "Create project" }).click()

  await page.getByRole("heading", { name: /^Reading list/, level: 1 }).waitFor()
  await page.getByText("1 of 1 would be built").waitFor()
  await page.getByRole("button", { name: "Confirm and build" }).click()
  await taskOf(page, "Integration", "Waiting").waitFor()
  await taskOf(page, "Planning", "Succeeded").waitFor()
  const timeline = page.getByRole("region", { name: "Timeline" })
  await timeline.getByRole("button", { name: "Show all steps" }).click()
  await timeline.getByText("Planning began with Record keeper").waitFor()
  await timeline.getByText(/Testing passed: /).waitFor()
  await taskOf(page, "Integration", "Succeeded").waitFor()
  await page.getByRole("region", { name: "Run 1" }).getByText("Succeeded").waitFor()
  await page.getByRole("main").getByText("Running", { exact: true }).waitFor()
  await app()
    .getByRole("heading", { name: /^Books/, level: 1 })
    .waitFor()
  expect(await loadedAt(page)).toBe(loaded)
})

test("how the page looked in a browser stands beside the result, narrow and wide", async () => {
  onTestFailed(() => photograph(page, "looks"))
  const run = page.getByRole("region", { name: "Run 1" })
  const pictures = run.getByRole("list", { name: "Screenshots" })
  for (const width of [375, 1440]) {
    const picture = pictures.getByRole("img", { name: `Screenshot of /, ${width} px: ` })
    // An image that did not load has no width of its own.
    const widthOf = () => picture.evaluate((image) => Number(Reflect.get(image, "naturalWidth")))
    await expect.poll(widthOf, { timeout: 60_000 }).toBe(width)
  }
  const timeline = page.getByRole("region", { name: "Timeline" })
  await timeline.getByText(/saw \/, 375 and 1440 px wide, without errors/).waitFor()
  expect(await axeBreaches(page, "main")).toEqual([])
})

test("a book added inside the preview is there after a restart of the machine", async () => {
  onTestFailed(() => photograph(page, "restart"))
  await addBook(page)
  await tab("Machine")
  const machine = page.getByRole("region", { name: "Main machine" })
  await machine.getByText("Running").waitFor()
  const before = await startOfApp()
  const startAgain = async () => ![null, before].includes(await startOfApp())
  await machine.getByRole("button", { name: "Restart" }).click()
  await expect.poll(startAgain, { timeout: 60_000 }).toBe(true)
  await tab("Runs")
  await app().getByRole("link", { name: book }).waitFor()
})

test("a change that was asked for is in the running app, and the book is kept", async () => {
  onTestFailed(() => photograph(page, "change"))
  await page.getByLabel("What should change?").fill("add a rating from 1 to 5")
  await askAndConfirm(page)
  await page.getByRole("region", { name: "Run 2" }).getByText("Succeeded").waitFor()
  await untilNewestRuns(page)
  await app().getByRole("link", { name: book }).click()
  await app().getByText("Rating").waitFor()
  await app().getByRole("link", { name: "Edit" }).click()
  const rating = app().getByLabel("Rating")
  await rating.getByRole("option").nth(5).waitFor({ state: "attached" })
  expect((await rating.getByRole("option").allInnerTexts()).slice(1)).toEqual([..."12345"])
  await rating.selectOption("5")
  await app().getByRole("button", { name: /^Save/ }).click()
  await app().getByRole("img", { name: "5 of 5" }).waitFor()
  await app().getByRole("heading", { name: book }).waitFor()
})

test("a cancelled run stops, and the app runs on with its data", async () => {
  onTestFailed(() => photograph(page, "cancel"))
  await page.getByLabel("What should change?").fill("add a language")
  await askAndConfirm(page)
  await taskOf(page, "Planning", "(Running|Checking|Succeeded)").waitFor()
  await page.getByRole("button", { name: "Cancel run" }).click()
  await page
    .getByRole("region", { name: "Run 3" })
    .getByText("Cancelled", { exact: true })
    .waitFor()
  await page.getByRole("button", { name: "Retry run" }).waitFor()
  await page.getByRole("main").getByText("Running", { exact: true }).waitFor()
  await page.getByRole("button", { name: "Reload preview" }).click()
  // The preview stays on the page that was open.
  await app().getByRole("heading", { name: book }).waitFor()
})

test("what nothing here can change is said in one sentence, and no run begins", async () => {
  onTestFailed(() => photograph(page, "declined"))
  await page.getByLabel("What should change?").fill("xyzzy plugh")
  await page.getByRole("button", { name: "Ask for change" }).click()
  const proposal = page.getByRole("region", { name: "Proposal" })
  await proposal.getByText(/Nothing of this is among what can be changed here/).waitFor()
  await proposal.getByRole("link", { name: "Change the data model" }).waitFor()
  await page.getByRole("button", { name: "All 3 runs" }).click()
  await page
    .getByRole("region", { name: "Runs" })
    .getByRole("link", { name: /^Run 1/ })
    .click()
  await page.getByRole("region", { name: "Run 1" }).waitFor()
})

test("the palette stops and starts the machine from any page of the project", async () => {
  onTestFailed(() => photograph(page, "palette-machine"))
  for (const [verb, state] of [
    ["Stop", "Stopped"],
    ["Start", "Running"],
  ] as const) {
    const palette = page.getByRole("dialog", { name: "Search or jump to" })
    await page.keyboard.press("Control+k")
    await palette.waitFor()
    await page.keyboard.type(verb)
    await palette.getByRole("option", { name: `${verb} machine`, selected: true }).waitFor()
    await page.keyboard.press("Enter")
    await page.getByRole("main").getByText(state, { exact: true }).first().waitFor()
  }
})

test("a project deleted by its typed name leaves the list, and its host answers 404", async () => {
  onTestFailed(() => photograph(page, "delete"))
  const address = await page
    .getByRole("button", { name: /^Copy address reading-list\./ })
    .getAttribute("title")
  await tab("Settings")
  await page.getByRole("button", { name: "Delete project" }).click()
  const dialog = page.getByRole("dialog", { name: "Delete Reading list?" })
  await dialog.getByLabel("Type Reading list to confirm").fill("Reading list")
  await dialog.getByRole("button", { name: "Delete project" }).click()
  await page.getByRole("heading", { name: "Projects", level: 1 }).waitFor()
  await page.getByText("No projects yet").waitFor()
  expect((await ask(platform, address ?? "")).status).toBe(404)
  expect(complaints).toEqual([])
})

test("on a phone the same path works, and nothing scrolls sideways", async () => {
  const { context, page: phone } = await openPage(browser, { width: 375, scheme: "dark" })
  onTestFailed(() => photograph(phone, "phone"))
  // Somebody else, since one person may not start so many things in a minute.
  const mara = await signUp(platform, "Mara")
  await signIn(phone, platform.url, { ...platform.admin, email: "mara@example.com" })
  await phone.getByLabel("What should it do?").fill("A shopping list: items with name and amount")
  await phone.getByRole("button", { name: "Create project" }).click()
  await phone.getByRole("button", { name: "Confirm and build" }).click()
  await taskOf(phone, "Planning", "Succeeded").waitFor()
  const part = (name: string) =>
    phone.getByRole("radiogroup", { name: "Parts of the run" }).getByRole("radio", { name }).check()
  await part("Timeline")
  await phone.getByRole("button", { name: "Show all steps" }).click()
  await phone
    .getByRole("region", { name: "Timeline" })
    .getByText("Planning began with")
    .first()
    .waitFor()
  expect(await scrollsSidewaysBy(phone)).toBe(0)
  await part("Tasks")
  await taskOf(phone, "Integration", "Succeeded").waitFor()
  // The draft ends with the run, and the choice of what is shown above the frame goes with it:
  // a click that is under way then lands beside its link.
  await phone.getByRole("region", { name: "Run 1" }).getByText("Succeeded").waitFor()
  await part("Preview")
  await untilNewestRuns(phone, mara)
  const list = previewOf(phone, "Shopping list")
  await list.getByRole("link", { name: "Add the first item" }).click()
  await list.getByLabel("Name").fill("Oats")
  await list.getByRole("button", { name: "Add item" }).click()
  await list.getByRole("link", { name: "Oats" }).waitFor()
  expect(await scrollsSidewaysBy(phone)).toBe(0)
  await context.close()
})

/** What was written leads to a proposal of the difference, which is confirmed as it is. */
async function askAndConfirm(of: Page): Promise<void> {
  await of.getByRole("button", { name: "Ask for change" }).click()
  await of.getByRole("heading", { name: "What would change" }).waitFor()
  await of.getByRole("button", { name: "Confirm and change" }).click()
}

async function addBook(of: Page): Promise<void> {
  const list = previewOf(of, "Reading list")
  await list.getByRole("link", { name: "Add the first book" }).click()
  await list.getByLabel("Title").fill(book)
  await list.getByLabel("Pages").fill("272")
  await list.getByRole("button", { name: "Add book" }).click()
  await list.getByRole("link", { name: book }).waitFor()
}

/** Waits until the pane shows the newest commit: then it has loaded the app for the last time. */
async function untilNewestRuns(of: Page, who = person): Promise<void> {
  const { call, projectId } = await theProject(who)
  const { items } = await call("GET /projects/{projectId}/commits", { params: { projectId } })
  const pane = of.getByRole("complementary", { name: "Preview" })
  await pane.getByText(`Commit ${items[0]?.id.slice(0, 7)}`).waitFor()
}

/** When the app was started last, as the API says; `null` while it does not run. */
async function startOfApp(): Promise<string | null> {
  const { call, projectId } = await theProject()
  const { items } = await call("GET /projects/{projectId}/apps", { params: { projectId } })
  const seen = liveOf(items)
  return seen?.state === "running" ? seen.startedAt : null
}

async function theProject({ call } = person) {
  const projectId = (await call("GET /projects", {})).items[0]?.id
  if (!projectId) throw new Error("there is no project")
  return { call, projectId }
}
