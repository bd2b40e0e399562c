import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Browser, Locator, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { expectAccessible, untilSettled } from "./accessible.ts"
import { beginRun, type Person, signIn as signInByApi, untilRunEnded } from "./api.ts"
import { axeBreaches } from "./axe.ts"
import { openBrowser, openPage, openPageAs, photograph, wide } from "./browser.ts"
import { putApp } from "./hand-made-app.ts"
import { type Platform, startPlatform } from "./platform.ts"

const goal = "A plant diary: plants with name, place, last watered date and a needs sun flag"

/** an image of one pixel */
const dot =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="

let platform: Platform
let browser: Browser
let person: Person
let full: Project
let page: Page
beforeAll(async () => {
  const starting = startPlatform()
  browser = await openBrowser()
  platform = await starting
  person = await signInByApi(platform)
  page = (await openPageAs(browser, { platform, person })).page
})
afterAll(async () => {
  await browser?.close()
  await platform?.remove()
})

const title = (name: string | RegExp) => page.getByRole("heading", { name, level: 1 })

/** Each of many pages is looked at twice, one of them with all files of an app. */
const patience = 240_000

/** Goes to a path and waits for its title. */
async function open(path: string, name: string | RegExp): Promise<void> {
  await page.goto(`${person.root}${path}`)
  await title(name).waitFor()
}

test("axe finds nothing at the door, empty and refused", async () => {
  const { context, page: door } = await openPage(browser, wide)
  onTestFailed(() => photograph(door, "door"))
  for (const [path, button] of [
    ["/sign-in", "Sign in"],
    ["/sign-up", "Create account"],
  ] as const) {
    await door.goto(`${platform.url}${path}`)
    await door.getByRole("button", { name: button }).waitFor()
    await expectAccessible(door)
    await door.getByLabel("Email").fill("nobody")
    await door.getByRole("button", { name: button }).click()
    await door.getByText("Enter an address such as mara@example.com.").waitFor()
    await expectAccessible(door)
  }
  await context.close()
})

test("axe finds nothing on lists without content", async () => {
  onTestFailed(() => photograph(page, "empty"))
  await open("/projects", "Projects")
  await page.getByText("No projects yet").waitFor()
  await expectAccessible(page)
  const empty = await person.call("POST /projects", { body: { name: "Nothing yet" } })
  await open(`/projects/${empty.id}`, /^Nothing yet/)
  for (const [tab, text] of [
    ["Run", "Nothing was asked yet"],
    ["Files", "No files yet"],
    ["History", "No versions yet"],
    ["App", "No app yet"],
    ["Machine", "No machine yet"],
  ] as const) {
    await page.getByRole("navigation", { name: "Project" }).getByRole("link", { name: tab }).click()
    await page.getByText(text).waitFor()
    await expectAccessible(page)
  }
})

test("axe finds nothing on a run at work, and on one that ended", async () => {
  onTestFailed(() => photograph(page, "run"))
  const bytes = new Blob([Buffer.from(dot, "base64")])
  const { id } = await person.call("POST /attachments", { query: { name: "dot.png" }, bytes })
  const made = await beginRun(person, { prompt: goal, attachments: [id] })
  full = made
  await open(`/projects/${full.id}`, /^Plant diary/)
  const graph = page.getByRole("region", { name: "Task graph" })
  await graph.getByRole("button", { name: /^Testing / }).waitFor()
  expect(await axeBreaches(page)).toEqual([])
  await untilRunEnded(person, made.run.id)
  await graph.getByRole("button", { name: /^Integration .*Succeeded/ }).click()
  await page.getByTitle("Preview of Plant diary").waitFor()
  const given = page.getByRole("link", { name: /dot\.png/ }).locator("img")
  // What is only to be saved is drawn all the same.
  const widthOf = () => given.evaluate((image: { naturalWidth?: number }) => image.naturalWidth)
  await expect.poll(widthOf).toBe(1)
  await page.getByText(/I do not look at attached files/).waitFor()
  await expectAccessible(page)
})

test(
  "axe finds nothing on the other pages of a project",
  async () => {
    onTestFailed(() => photograph(page, "project"))
    await putApp(person, {
      ...{ name: "Crashing", preview: "private" },
      files: { "server.js": 'throw new Error("no")' },
    })
    for (const tab of ["files", "history", "logs", "app", "machine", "settings"]) {
      await open(`/projects/${full.id}/${tab}`, /^Plant diary/)
      if (tab === "history") {
        const history = page.getByRole("region", { name: "History" })
        await history.getByRole("button", { name: /^A plant diary/ }).click()
        await history.getByRole("figure", { name: "Changes in README.md" }).waitFor()
      }
      await expectAccessible(page)
    }
  },
  patience,
)

test("axe finds nothing on the pages of the organization, full of data", async () => {
  onTestFailed(() => photograph(page, "organization"))
  for (const [path, name] of [
    ["/projects", "Projects"],
    ["/activity", "Activity"],
    ["/usage", "Usage"],
    ["/settings", "Settings"],
    ["/platform", "Platform"],
    ["/no-such-page", "There is no such page"],
  ] as const) {
    await open(path, name)
    await expectAccessible(page)
  }
  await open("/platform", "Platform")
  await page.getByRole("tab", { name: /^Failing/ }).click()
  await page.getByText("Nothing fails", { exact: true }).waitFor()
  await expectAccessible(page)
  await page.goto(`${person.root}/projects/prj_01k9x3v8hde8r8z6h3gk5c2v9w`)
  await page.getByText("There is no such project").waitFor()
  await expectAccessible(page)
})

test("axe finds nothing on an open list of choices, and keys choose from it", async () => {
  onTestFailed(() => photograph(page, "choices"))
  await open("/usage", "Usage")
  const span = page.getByRole("combobox", { name: "Span" })
  await span.focus()
  await span.press("ArrowDown")
  await page.getByRole("option", { name: "Last month" }).waitFor()
  // Around the open list nothing can be reached or read; axe knows that of dialogs only.
  expect(await axeBreaches(page, "[role=listbox]")).toEqual([])
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("Enter")
  await expect.poll(() => span.textContent()).toBe("Last month")
})

test("axe finds nothing in what opens over a page", async () => {
  onTestFailed(() => photograph(page, "overlays"))
  await open("/projects", "Projects")
  const over: [() => Promise<void>, Locator][] = [
    [
      async () => {
        await page.getByRole("button", { name: "Actions for Plant diary" }).click()
        await page.getByRole("menuitem", { name: "Delete project" }).click()
      },
      page.getByRole("dialog", { name: "Delete Plant diary?" }),
    ],
    [
      () => page.getByRole("button", { name: "What that means" }).click(),
      page.getByRole("dialog", { name: /^What is simulated/ }),
    ],
    [
      () => page.keyboard.press("Control+k"),
      page.getByRole("dialog", { name: "Search or jump to" }),
    ],
  ]
  for (const [openIt, dialog] of over) {
    await openIt()
    await dialog.waitFor()
    await expectAccessible(page)
    await page.keyboard.press("Escape")
    await dialog.waitFor({ state: "hidden" })
  }
  await page.getByRole("button", { name: /^Account of/ }).click()
  await page.getByRole("menuitem", { name: "Sign out" }).waitFor()
  await untilSettled(page)
  expect(await axeBreaches(page)).toEqual([])
  await page.keyboard.press("Escape")
  await page.setViewportSize({ width: 375, height: 812 })
  await page.getByRole("button", { name: "Open menu" }).click()
  await page.getByRole("dialog", { name: "Menu" }).waitFor()
  await untilSettled(page)
  expect(await axeBreaches(page)).toEqual([])
})
