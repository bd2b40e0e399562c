import { readStarters } from "@vibecaas/starters/read-starters"
import type { Starter } from "@vibecaas/starters/starter"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import {
  axeBreaches,
  complaintsOf,
  contrastBreaches,
  openBrowser,
  openPage,
  scrollsSidewaysBy,
} from "../browser.ts"
import { otherValues } from "./other-values.ts"
import { missingFor, startersFolder, writeStarter } from "./running-starter.ts"
import { webpSize } from "./webp-size.ts"

/** Every app with which a project can begin is held to the same facts. */
const starters = await readStarters(startersFolder)
const runnable = starters.filter((starter) => !missingFor(starter))

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

test.each(starters)("the starter $id has pictures of 1200×750, light and dark", ({ pictures }) => {
  for (const picture of [pictures.light, pictures.dark]) {
    expect(picture && webpSize(picture)).toEqual({ width: 1200, height: 750 })
    expect(picture?.length).toBeLessThan(200_000)
  }
})

test.each(starters)(
  "the starter $id has its defaults in settings.json",
  ({ parameters, files }) => {
    const defaults = parameters.filter(({ kind }) => kind !== "data_model")
    const settings = files.find(({ path }) => path === "settings.json")
    if (defaults.length === 0 && !settings) return
    expect(JSON.parse(String(settings?.content))).toEqual(
      Object.fromEntries(defaults.map(({ name, default: value }) => [name, value])),
    )
  },
)

for (const starter of starters.filter(missingFor))
  test.skip(`the starter ${starter.id} is not tried: ${missingFor(starter)}`, () => {})

describe.concurrent.each(runnable)("the starter $id", (starter) => {
  const chosen = otherValues(starter)
  test("passes its own tests, and answers pages without a breach in every view", async () => {
    await tryOut(starter, {}, [
      { width: 1440, scheme: "light" },
      { width: 375, scheme: "dark" },
    ])
  })
  test("holds for other values of its parameters", async () => {
    await tryOut(starter, chosen, [{ width: 375, scheme: "light" }])
  })
})

type Views = readonly { width: number; scheme: "light" | "dark" }[]

async function tryOut(starter: Starter, values: object, views: Views): Promise<void> {
  using written = writeStarter(starter, values as never) // made from its own parameters
  const [failed] = await Promise.all([written.failedTests(), lookAt(written, views)])
  expect(failed).toBeUndefined()
}

/** Looks at the first page in each view, and then in the view's other colors. */
async function lookAt(written: ReturnType<typeof writeStarter>, views: Views): Promise<void> {
  await using app = await written.start()
  for (const view of views) {
    const { context, page } = await openPage(browser, view)
    const complaints = complaintsOf(page)
    await page.goto(app.url, { waitUntil: "load" })
    expect(await breachesOf(page, axeBreaches), `${view.width} px, ${view.scheme}`).toEqual([])
    const colorScheme = view.scheme === "light" ? "dark" : "light"
    await page.emulateMedia({ colorScheme })
    expect(await breachesOf(page, contrastBreaches), `${view.width} px, ${colorScheme}`).toEqual([])
    expect(complaints).toEqual([])
    await context.close()
  }
}

async function breachesOf(page: Page, axe: (page: Page) => Promise<string[]>): Promise<string[]> {
  const sideways = await scrollsSidewaysBy(page)
  return [...(await axe(page)), ...(sideways > 0 ? [`scrolls sideways by ${sideways} px`] : [])]
}
