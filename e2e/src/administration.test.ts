import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { type Person, signIn, signUp } from "./api.ts"
import { axeBreaches } from "./axe.ts"
import { openBrowser, openPageAs, photograph, scrollsSidewaysBy } from "./browser.ts"
import { type Platform, startPlatform } from "./platform.ts"

let platform: Platform
let browser: Browser
let admin: Person
let nora: Person
let page: Page
let norasPage: Page
beforeAll(async () => {
  const starting = startPlatform()
  browser = await openBrowser()
  platform = await starting
  admin = await signIn(platform)
  nora = await signUp(platform, "Nora")
  await nora.call("POST /projects", { body: { name: "Tulips" } })
  page = (await openPageAs(browser, { platform, person: admin })).page
  norasPage = (await openPageAs(browser, { platform, person: nora })).page
})
afterAll(async () => {
  await browser?.close()
  await platform?.remove()
})

const norasAccount = { email: "nora@example.com", password: "a-long-enough-password" }
const manage = (name: string) => page.getByRole("button", { name: `Manage ${name}` })
const dialog = () => page.getByRole("dialog")
const button = (name: string) => dialog().getByRole("button", { name, exact: true })

test("people, organizations and what is simulated are there for who runs the platform, on a phone too", async () => {
  onTestFailed(() => photograph(page, "administration"))
  for (const at of ["people", "organizations", "simulated"]) {
    await page.goto(`${admin.root}/platform/${at}`)
    await page.getByRole("navigation", { name: "Platform" }).waitFor()
    if (at !== "simulated")
      await manage(at === "people" ? "Nora" : "Personal")
        .first()
        .waitFor()
    expect(await axeBreaches(page), at).toEqual([])
    await page.setViewportSize({ width: 375, height: 812 })
    expect(await scrollsSidewaysBy(page), at).toBe(0)
    await page.setViewportSize({ width: 1440, height: 900 })
  }
})

test("an administrator looks as somebody, changes nothing, and comes back as themselves", async () => {
  onTestFailed(() => photograph(page, "impersonation"))
  await page.goto(`${admin.root}/platform/people`)
  await manage("Nora").click()
  await button("Look as them").click()
  await dialog().getByLabel("Why?").fill("She asked why her project is not shown")
  await button("Look as them").click()
  const banner = page.getByRole("region", { name: "You look as somebody else" })
  await banner.waitFor()
  await page.getByRole("link", { name: "Tulips" }).first().waitFor()
  expect(await axeBreaches(page)).toEqual([])
  await page.getByRole("textbox").first().fill("A guest book")
  await page.keyboard.press("Control+Enter")
  await page
    .getByText(/nothing can be changed/)
    .first()
    .waitFor()
  await norasPage.goto(`${nora.root}/settings`)
  await norasPage.getByText(/looks as you and changes nothing/).waitFor()
  await banner.getByRole("button", { name: "End" }).click()
  await banner.waitFor({ state: "detached" })
  await page.goto(`${admin.root}/platform/people`)
  await manage("Nora").waitFor()
})

test("who is disabled is out at once, reads why they cannot come back, and is let in again", async () => {
  onTestFailed(() => photograph(norasPage, "disabled"))
  await norasPage.goto(`${nora.root}/projects`)
  await norasPage.getByRole("link", { name: "Tulips" }).first().waitFor()
  await manage("Nora").click()
  await button("Disable").click()
  await dialog().getByLabel("Why?").fill("Sends spam")
  await button("Disable").click()
  await dialog().getByText("Sends spam").waitFor()
  await norasPage.waitForURL(/\/sign-in/)
  await norasPage.getByLabel("Email").fill("nora@example.com")
  await norasPage.getByLabel("Password").fill("a-long-enough-password")
  await norasPage.getByRole("button", { name: "Sign in" }).click()
  await norasPage.getByText(/This account was disabled/).waitFor()
  await button("Enable").click()
  await button("Disable").waitFor()
  await norasPage.getByRole("button", { name: "Sign in" }).click()
  await norasPage.getByRole("heading", { name: "Projects", level: 1 }).waitFor()
})

test("a disabled organization is closed in place of its pages, with the reason", async () => {
  onTestFailed(() => photograph(norasPage, "disabled-organization"))
  const again = await signIn(platform, norasAccount)
  const { organizations } = await again.call("GET /me", {})
  const [own] = organizations
  if (!own) throw new Error("somebody without an organization")
  const params = { organizationId: own.id }
  const body = { reason: "Unpaid" }
  await admin.call("POST /platform/organizations/{organizationId}/disable", { params, body })
  await norasPage.goto(`${nora.root}/projects`)
  await norasPage.getByText(/Unpaid/).waitFor()
  expect(await axeBreaches(norasPage)).toEqual([])
  await admin.call("POST /platform/organizations/{organizationId}/enable", { params, body: {} })
  await norasPage.reload()
  await norasPage.getByRole("link", { name: "Tulips" }).first().waitFor()
})
