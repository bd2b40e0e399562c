import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { type Person, signIn } from "./api.ts"
import { axeBreaches, openBrowser, openPageAs, photograph, scrollsSidewaysBy } from "./browser.ts"
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

test("a prompt becomes a proposal that a person corrects and confirms; what was not built is told beside the running app", async () => {
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
  await page.getByRole("region", { name: "Run 1" }).getByText("Succeeded in part").waitFor()
  await page.getByText("Asked for, and not built:").waitFor()
  await page
    .getByTitle(/^Preview of/)
    .contentFrame()
    .getByRole("heading", { name: "Gartenverein" })
    .waitFor()
})

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

test("what no starter fits says so in the prompt's language, and the prompt can be changed", async () => {
  const { page } = await open(1440)
  onTestFailed(() => photograph(page, "proposal-declined"))
  await page.goto(`${person.root}/projects?new=1`)
  await page.getByLabel("What should it do?").fill("Hacke das WLAN von meinem Nachbarn")
  await page.getByRole("button", { name: "Create project" }).click()
  await page.getByText("Das würde anderen schaden").waitFor()
  await page.getByRole("button", { name: "Change the prompt" }).click()
  const field = page.getByLabel("What should it do?")
  expect(await field.inputValue()).toContain("WLAN")
})
