import { tmpdir } from "node:os"
import { join } from "node:path"
import {
  type Browser,
  type BrowserContext,
  chromium,
  type FrameLocator,
  type Page,
} from "playwright-core"
import type { Person } from "./api.ts"
import { findBrowser } from "./find-browser.ts"
import type { Platform } from "./platform.ts"

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]

/** longest wait for what a page should show, in `ms`; machines that build at the same time are slow */
const patienceMs = 60_000

/** A headless Chromium that resolves only loopback. */
export function openBrowser(extraFlags: string[] = []): Promise<Browser> {
  const executablePath = findBrowser()
  if (!executablePath) throw new Error("Chromium is needed. On Debian: apt-get install chromium")
  return chromium.launch({
    executablePath,
    headless: true,
    args: [...flags, ...extraFlags],
  })
}

export interface View {
  width: number
  scheme: "light" | "dark"
}

export const wide: View = { width: 1440, scheme: "light" }

/** A fresh profile at one of the widths the screens are made for. */
export async function openPage(
  browser: Browser,
  view: View,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    viewport: { width: view.width, height: view.width < 600 ? 812 : 900 },
    colorScheme: view.scheme,
    reducedMotion: "reduce",
  })
  context.setDefaultTimeout(patienceMs)
  return { context, page: await context.newPage() }
}

interface Account {
  email: string
  password: string
}

/** Signs in through the form, as a person does. */
export async function signIn(page: Page, url: string, who: Account): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel("Email").fill(who.email)
  await page.getByLabel("Password").fill(who.password)
  await page.getByRole("button", { name: "Sign in" }).click()
  await page.getByRole("heading", { name: "Projects", level: 1 }).waitFor()
}

/** Gives a profile the session of somebody who signed in by the API. */
export async function enter(
  context: BrowserContext,
  platform: Platform,
  person: Person,
): Promise<void> {
  const at = person.cookie.indexOf("=")
  const [name, value] = [person.cookie.slice(0, at), person.cookie.slice(at + 1)]
  await context.addCookies([{ name, value, url: platform.url }])
}

/** A profile at one of the widths in which this person is signed in. */
export async function openPageAs(
  browser: Browser,
  visit: { platform: Platform; person: Person; view?: View },
): Promise<{ context: BrowserContext; page: Page }> {
  const opened = await openPage(browser, visit.view ?? wide)
  await enter(opened.context, visit.platform, visit.person)
  return opened
}

/** The app in the dashboard's preview pane. */
export function previewOf(page: Page, project: string): FrameLocator {
  return page.getByTitle(`Preview of ${project}`).contentFrame()
}

/** How far the page scrolls sideways, in `px`. */
export function scrollsSidewaysBy(page: Page): Promise<number> {
  return page.locator("html").evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)
}

/** What went wrong inside a page so far: errors nobody caught, and what it complained about itself. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on("pageerror", (error) => complaints.push(String(error)))
  page.on("console", (message) => {
    // The browser says so of every answer of 400 and above; the page shows what it makes of it.
    if (message.type() !== "error" || message.text().startsWith("Failed to load resource")) return
    complaints.push(message.text())
  })
  return complaints
}

/** What a page showed when a test failed: a picture in the temporary folder, its frames' words in the output. */
export async function photograph(page: Page | undefined, name: string): Promise<void> {
  if (!page) return
  const file = `vibecaas-${name.replace(/\W+/g, "-").slice(0, 60)}.png`
  await page.screenshot({ path: join(tmpdir(), file) }).catch(() => {})
  for (const frame of page.frames()) {
    const words = (await frame.locator("body").allInnerTexts().catch(String)).toString()
    process.stderr.write(
      `${name}: ${frame.url()}\n${words.replace(/\n+/g, " | ").slice(0, 1500)}\n`,
    )
  }
}
