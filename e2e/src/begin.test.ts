import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { ask, type Person, signIn } from "./api.ts"
import { axeBreaches, contrastBreaches } from "./axe.ts"
import {
  complaintsOf,
  openBrowser,
  openPageAs,
  photograph,
  previewOf,
  scrollsSidewaysBy,
} from "./browser.ts"
import { untilApp } from "./hand-made-app.ts"
import { type Platform, startPlatform } from "./platform.ts"

let platform: Platform
let browser: Browser
let person: Person

beforeAll(async () => {
  const starting = startPlatform()
  browser = await openBrowser()
  platform = await starting
  person = await signIn(platform)
})
afterAll(async () => {
  await browser?.close()
  await platform?.remove()
})

const open = (width: number, scheme: "light" | "dark" = "light") =>
  openPageAs(browser, { platform, person, view: { width, scheme } })

test("a starter is found, a parameter is changed, and its running app shows it, without agents", async () => {
  const { page } = await open(1440)
  onTestFailed(() => photograph(page, "begin with a starter"))
  await page.goto(`${person.root}/projects`)
  await page.getByRole("link", { name: "All starters" }).click()
  await page.getByRole("heading", { name: "Starters", level: 1 }).waitFor()
  await page.keyboard.press("/")
  await page.keyboard.type("einheitenrechner")
  await page.getByRole("link", { name: "Unit converter" }).click()
  await page.getByLabel("Title").fill("Pallets and boxes")
  await page.getByLabel("Project name").fill("Warehouse units")
  await page.getByRole("button", { name: "Create project" }).click()
  await page.getByRole("heading", { name: /^Warehouse units/, level: 1 }).waitFor()
  await previewOf(page, "Warehouse units")
    .getByRole("heading", { name: "Pallets and boxes" })
    .waitFor()
  const { items } = await person.call("GET /projects", { query: { search: "Warehouse" } })
  const projectId = items[0]?.id ?? "prj_"
  const runs = await person.call("GET /agents/runs", { query: { projectId: projectId as never } })
  expect(runs.items).toEqual([])
})

test("a value that does not fit is refused at its field, and nothing is made", async () => {
  const { page } = await open(375)
  await page.goto(`${person.root}/starters/unit-converter`)
  await page.getByLabel("Decimal places").fill("99")
  await page.getByRole("button", { name: "Create project" }).click()
  await page.getByText("Use 10 or less.").waitFor()
  expect(await page.getByLabel("Decimal places").inputValue()).toBe("99")
  const { items } = await person.call("GET /projects", { query: { search: "Unit converter" } })
  expect(items).toEqual([])
})

test("the first page of an app that was begun is answered by its own address", async () => {
  const project = await person.call("POST /projects", {
    body: { preview: "public", starter: { id: "unit-converter", parameters: { title: "Ours" } } },
  })
  await untilApp(person, project.id, ({ state }) => state === "running")
  const answer = await ask(platform, project.previewUrl)
  expect(answer.status).toBe(200)
  expect(answer.body).toContain("<title>Ours</title>")
})

test.each([
  [1440, "/starters"],
  [375, "/starters"],
  [1440, "/starters/unit-converter"],
  [375, "/starters/unit-converter"],
  [375, "/projects"],
] as const)(
  "at %i px, %s has no breach in either color and scrolls nowhere sideways",
  async (width, path) => {
    const { context, page } = await open(width)
    const complaints = complaintsOf(page)
    await page.goto(`${person.root}${path}`)
    await shown(page, path)
    expect(await axeBreaches(page)).toEqual([])
    expect(await scrollsSidewaysBy(page)).toBe(0)
    await page.emulateMedia({ colorScheme: "dark" })
    expect(await contrastBreaches(page)).toEqual([])
    expect(complaints).toEqual([])
    await context.close()
  },
)

/** longest wait for agents who build an app and run all its tests, in `ms` */
const buildMs = 120_000

test(
  "a prompt becomes a proposal that a person corrects and confirms; what was not built is told beside the running app",
  async () => {
    const { page } = await open(1440)
    onTestFailed(() => photograph(page, "propose"))
    await page.goto(`${person.root}/projects?new=1`)
    await page
      .getByLabel("What should it do?")
      .fill("ein Kanban-Board, Spalten: Offen, In Arbeit, Fertig. Mit Gmail-Anbindung")
    await page.getByRole("button", { name: "Create project" }).click()
    await page.getByRole("heading", { name: "What would be built" }).waitFor()
    const wishes = page.getByRole("list", { name: "Wishes" })
    await wishes.getByText("Nichts in", { exact: false }).waitFor()
    expect(await page.getByRole("textbox", { name: "Spalten" }).inputValue()).toBe(
      "Offen\nIn Arbeit\nFertig",
    )
    await page.getByRole("textbox", { name: "Titel" }).fill("Gartenverein")
    await page.getByRole("button", { name: "Confirm and build" }).click()
    await page
      .getByRole("region", { name: "Run 1" })
      .getByText("Succeeded in part")
      .waitFor({ timeout: buildMs })
    await page.getByText("Asked for, and not built:").waitFor()
    await page
      .getByTitle(/^Preview of/)
      .contentFrame()
      .getByRole("heading", { name: "Gartenverein" })
      .waitFor()
  },
  2 * buildMs,
)

test.each([
  [375, "dark"],
  [1440, "light"],
] as const)(
  "a proposal is read and confirmed at %i px, %s, without breaches",
  async (width, scheme) => {
    const { page } = await open(width, scheme)
    onTestFailed(() => photograph(page, `proposal-${width}`))
    const { id } = await person.call("POST /projects", {
      body: {
        prompt: "booking app for my yoga classes with payments",
        preview: "private",
        confirm: "ask",
      },
    })
    await page.goto(`${person.root}/projects/${id}`)
    await page.getByRole("button", { name: "Confirm and build" }).waitFor()
    expect(await scrollsSidewaysBy(page)).toBe(0)
    expect(await axeBreaches(page, "main")).toEqual([])
  },
)

test("what is declined says so at the prompt, which stays to be changed, and leaves no project", async () => {
  const { page } = await open(1440)
  onTestFailed(() => photograph(page, "proposal-declined"))
  await page.goto(`${person.root}/projects?new=1`)
  const field = page.getByLabel("What should it do?")
  await field.fill("Hacke das WLAN von meinem Nachbarn")
  await page.getByRole("button", { name: "Create project" }).click()
  await page.getByText("Das würde anderen schaden").waitFor()
  expect(await field.inputValue()).toContain("WLAN")
  expect(await page.getByRole("link", { name: /WLAN/ }).count()).toBe(0)
})

async function shown(page: Page, path: string): Promise<void> {
  const one = path.endsWith("unit-converter")
  await (one
    ? page.getByRole("button", { name: "Create project" })
    : page.getByRole("article").first()
  ).waitFor()
}
