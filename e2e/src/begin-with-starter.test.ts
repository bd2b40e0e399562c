import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { ask, type Person, signIn } from "./api.ts"
import {
  axeBreaches,
  complaintsOf,
  contrastBreaches,
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

async function shown(page: Page, path: string): Promise<void> {
  const one = path.endsWith("unit-converter")
  await (one
    ? page.getByRole("button", { name: "Create project" })
    : page.getByRole("article").first()
  ).waitFor()
}
