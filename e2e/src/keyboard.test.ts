import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Browser, Locator, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { signIn as signInByApi } from "./api.ts"
import { openBrowser, openPage, photograph, wide } from "./browser.ts"
import { type Platform, startPlatform } from "./platform.ts"

let platform: Platform
let browser: Browser
let page: Page
let projects: Project[]
let root: string
beforeAll(async () => {
  const starting = startPlatform()
  browser = await openBrowser()
  page = (await openPage(browser, wide)).page
  platform = await starting
  const { call, root: own } = await signInByApi(platform)
  root = own
  projects = []
  for (const name of ["Alder", "Birch", "Cedar"]) {
    projects.push(await call("POST /projects", { body: { name } }))
  }
})
afterAll(async () => {
  await browser?.close()
  await platform?.remove()
})

const title = (name: string | RegExp) => page.getByRole("heading", { name, level: 1 })
const press = (key: string) => page.keyboard.press(key)
const focused = () => page.locator("*:focus")

/** Waits until the element has the focus. */
async function expectFocus(element: Locator): Promise<void> {
  await expect
    .poll(() => element.and(focused()).count(), { timeout: 20_000, message: String(element) })
    .toBe(1)
}

test("signing in needs no mouse", async () => {
  onTestFailed(() => photograph(page, "keys-door"))
  await page.goto(platform.url)
  await expectFocus(page.getByLabel("Email"))
  await page.keyboard.type(platform.admin.email)
  await press("Tab")
  await page.keyboard.type("not the password")
  await press("Enter")
  await page
    .getByRole("alert")
    .getByText(/password/)
    .waitFor()
  await page.getByLabel("Password").focus()
  await press("Control+a")
  await page.keyboard.type(platform.admin.password)
  await press("Enter")
  await title("Projects").waitFor()
})

test("what is typed before the page's script runs is kept, and stays out of the address", async () => {
  const { context, page: slow } = await openPage(browser, wide)
  const typed = Promise.withResolvers<void>()
  await slow.route("**/_next/static/**/*.js", async (route) => {
    await typed.promise
    await route.continue()
  })
  await slow.goto(`${platform.url}/sign-in`, { waitUntil: "commit" })
  await slow.getByLabel("Email").fill("early@example.com")
  await slow.getByLabel("Password").fill("typed early")
  expect(await slow.getByRole("form", { name: "Sign in" }).getAttribute("method")).toBe("post")
  typed.resolve()
  // Only a page whose script runs knows whether accounts are open.
  await slow.getByText("No account yet?").waitFor()
  await slow.getByRole("button", { name: "Sign in" }).press("Enter")
  await slow
    .getByRole("alert")
    .getByText(/password/)
    .waitFor()
  expect(await slow.getByLabel("Email").inputValue()).toBe("early@example.com")
  expect(slow.url()).not.toContain("early")
  await context.close()
})

test("C goes to the prompt, J and K through the list, and Enter opens a project", async () => {
  onTestFailed(() => photograph(page, "keys-list"))
  const link = (name: string) => page.getByRole("table").getByRole("link", { name })
  await link("Alder").waitFor()
  await press("c")
  await expectFocus(page.getByLabel("What should it do?"))
  await page.keyboard.type("jkc")
  expect(await page.getByLabel("What should it do?").inputValue()).toBe("jkc")
  await page.getByLabel("What should it do?").fill("")
  await page.reload()
  await link("Alder").waitFor()
  for (const [key, name] of [
    ["j", "Cedar"],
    ["j", "Birch"],
    ["j", "Alder"],
    ["j", "Alder"],
    ["k", "Birch"],
  ] as const) {
    await press(key)
    await expectFocus(link(name))
  }
  await press("Enter")
  await title(/^Birch/).waitFor()
  await page.getByLabel("What should it do?").waitFor()
  await press("c")
  await expectFocus(page.getByLabel("What should it do?"))
})

test("the palette reaches every page, every project and its pages", async () => {
  onTestFailed(() => photograph(page, "keys-palette"))
  const palette = page.getByRole("dialog", { name: "Search or jump to" })
  const go = async (words: string, option: string | RegExp, keys = "Control+k") => {
    await press(keys)
    await palette.waitFor()
    await page.keyboard.type(words)
    await expect
      .poll(() => palette.getByRole("option", { selected: true }).textContent())
      .toMatch(option)
    await press("Enter")
    await palette.waitFor({ state: "hidden" })
  }
  for (const name of ["Activity", "Usage", "Settings", "Projects"]) {
    await go(name, name)
    await title(name).waitFor()
  }
  await go("Cedar", /^Cedar/, "Meta+k")
  await title(/^Cedar/).waitFor()
  for (const tab of ["Files", "History", "Logs", "Machine", "Settings", "Runs"]) {
    await go(`Go to ${tab}`, `Go to ${tab}`)
    const tabs = page.getByRole("navigation", { name: "Project" })
    await expect
      .poll(() => tabs.getByRole("link", { name: tab }).getAttribute("aria-current"))
      .toBe("page")
  }
  await go("New project", "New project")
  await expectFocus(page.getByLabel("What should it do?"))
  await go("dark theme", /dark theme/)
  expect(await page.locator("html").getAttribute("data-theme")).toBe("dark")
  await go("light theme", /light theme/)
  await press("Control+k")
  await page.keyboard.type("zzzz")
  await palette.getByText("Nothing here is called “zzzz”.").waitFor()
  await press("Escape")
  await palette.waitFor({ state: "hidden" })
})

test("Tab reaches every control in turn, and the focus can be seen on each", async () => {
  onTestFailed(() => photograph(page, "keys-focus"))
  for (const path of ["/projects", `/projects/${projects[0]?.id}`, "/settings"]) {
    await page.goto(`${root}${path}`)
    await title(/./).waitFor()
    await expect.poll(() => page.getByText(/^Loading /).count()).toBe(0)
    const seen: string[] = []
    const unseen: string[] = []
    for (let presses = 0; presses < 80; presses++) {
      await press("Tab")
      if ((await focused().count()) === 0) break
      const { name, visible } = await lookAtFocus()
      if (!visible) unseen.push(name)
      seen.push(name)
    }
    expect({ path, unseen }).toEqual({ path, unseen: [] })
    expect(seen[0]).toBe("Skip to content")
    expect(seen.length).toBeGreaterThan(12)
  }
})

test("a dialog keeps the focus inside, and gives it back when it closes", async () => {
  onTestFailed(() => photograph(page, "keys-dialog"))
  await page.goto(`${root}/projects/${projects[0]?.id}/settings`)
  const opener = page.getByRole("button", { name: "Delete project" })
  await opener.focus()
  await press("Enter")
  const dialog = page.getByRole("dialog", { name: "Delete Alder?" })
  await dialog.waitFor()
  for (const key of [...Array(6).fill("Tab"), ...Array(6).fill("Shift+Tab")]) {
    await press(key)
    expect(await dialog.locator("*:focus").count()).toBe(1)
  }
  await press("Escape")
  await dialog.waitFor({ state: "hidden" })
  await expectFocus(opener)
})

test("a dialog from the palette gives the focus back to where it was before the palette", async () => {
  onTestFailed(() => photograph(page, "keys-palette-dialog"))
  await page.goto(`${root}/projects/${projects[0]?.id}`)
  const before = page
    .getByRole("navigation", { name: "Project" })
    .getByRole("link", { name: "Files" })
  const palette = page.getByRole("dialog", { name: "Search or jump to" })
  const dialog = page.getByRole("dialog", { name: "Delete Alder?" })
  // The code of the dialog is loaded for the first opening and there for the second.
  for (const opening of ["first", "second"]) {
    await before.focus()
    await press("Control+k")
    await palette.waitFor()
    await page.keyboard.type("Delete project")
    await palette.getByRole("option", { name: "Delete project", selected: true }).waitFor()
    await press("Enter")
    await palette.waitFor({ state: "hidden" })
    await expectFocus(dialog.getByLabel("Type Alder to confirm"))
    await page.keyboard.type(opening)
    expect(await dialog.getByLabel("Type Alder to confirm").inputValue()).toBe(opening)
    await press("Escape")
    await dialog.waitFor({ state: "hidden" })
    await expectFocus(before)
  }
})

test("a switched-off control keeps its focus and says why", async () => {
  await page.goto(`${root}/projects/${projects[0]?.id}`)
  await title(/^Alder/).waitFor()
  const open = page.getByRole("button", { name: "Open app" })
  await open.focus()
  expect(await open.getAttribute("aria-disabled")).toBe("true")
  await page.getByRole("tooltip").getByText("Nothing was built yet").waitFor()
  expect(await open.evaluate((node) => node.getAttribute("aria-describedby"))).toBeTruthy()
})

/** What has the focus, and whether it, or the field around it, is drawn with an outline. */
function lookAtFocus(): Promise<{ name: string; visible: boolean }> {
  return focused().evaluate((node) => {
    const view = node.ownerDocument.defaultView
    const around = [node, node.parentElement, node.parentElement?.parentElement]
    // A card's link has its outline around the whole card: on what it lays over it.
    const outlined = around.some((element) =>
      [undefined, "::after"].some((part) => {
        const { outlineStyle = "none", outlineWidth = "0" } =
          (element && view?.getComputedStyle(element, part)) || {}
        return outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0
      }),
    )
    const name = node.getAttribute("aria-label") ?? node.textContent ?? ""
    return { name: name.trim().slice(0, 40), visible: outlined }
  })
}
