import AxeBuilder from "@axe-core/playwright"
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core"

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]

/** A headless Chromium that resolves only loopback. */
export function openBrowser(extraFlags: string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    headless: true,
    args: [...flags, ...extraFlags],
  })
}

export interface View {
  width: number
  scheme: "light" | "dark"
}

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
  return { context, page: await context.newPage() }
}

/** Breaches of WCAG 2.1 A and AA on the page, one line each; frames of other origins are left out. */
export async function axeBreaches(page: Page): Promise<string[]> {
  // The packages pin different playwright types; the object is the same.
  const builder = new AxeBuilder({ page: page as never })
  const { violations } = await builder
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"])
    .exclude("iframe")
    .analyze()
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`,
  )
}

/** Signs in through the form, as a person does. */
export async function signIn(
  page: Page,
  url: string,
  who: { email: string; password: string },
): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel("Email").fill(who.email)
  await page.getByLabel("Password").fill(who.password)
  await page.getByRole("button", { name: "Sign in" }).click()
  await page.getByRole("heading", { name: "Projects", level: 1 }).waitFor()
}
