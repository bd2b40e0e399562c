import type { StarterValues } from "@vibecaas/contract/starter-form"
import { readStarters } from "@vibecaas/starters/read-starters"
import type { Starter } from "@vibecaas/starters/starter"
import type { Browser, Page } from "playwright-core"
import { expect } from "vitest"
import { axeBreaches, contrastBreaches } from "../axe.ts"
import { complaintsOf, openPage, scrollsSidewaysBy, type View } from "../browser.ts"
import { startersFolder, type WrittenStarter, writeStarter } from "./running-starter.ts"
import { missingFor } from "./starter-packages.ts"

/** Every starter, and why some cannot be tried here, by their ids. */
export async function readToTry() {
  const starters = await readStarters(startersFolder)
  const lacking = new Map<string, string>()
  for (const starter of starters) {
    const missing = await missingFor(starter)
    if (missing !== undefined) lacking.set(starter.id, missing)
  }
  return { starters, lacking, runnable: starters.filter(({ id }) => !lacking.has(id)) }
}

/** Runs its own tests and looks at its first page in some views, with these values. */
export async function tryOut(
  browser: Browser,
  starter: Starter,
  { values, views }: { values: StarterValues; views: readonly View[] },
): Promise<void> {
  using written = await writeStarter(starter, values)
  const [failed] = await Promise.all([written.failedTests(), lookAt(browser, written, views)])
  expect(failed).toBeUndefined()
}

/** Looks at the first page in each view, and then in the view's other colors. */
async function lookAt(
  browser: Browser,
  written: WrittenStarter,
  views: readonly View[],
): Promise<void> {
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
