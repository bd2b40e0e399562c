import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { readStarters } from "@vibecaas/starters/read-starters"
import type { Starter } from "@vibecaas/starters/starter"
import type { Browser } from "playwright-core"
import { openBrowser } from "../browser.ts"
import { startersFolder, writeStarter } from "./running-starter.ts"
import { missingFor } from "./starter-packages.ts"

/**
 * Takes the pictures of starters, light and dark, from their running apps with the defaults. Run it
 * by `bin/starters pictures`, with ids of starters to take only theirs.
 */
const size = { width: 1200, height: 750 }
const wanted = process.argv.slice(2)
const all = await readStarters(startersFolder)
const unknown = wanted.filter((id) => !all.some((starter) => starter.id === id))
if (unknown.length > 0) {
  process.stderr.write(`There is no starter ${unknown.join(", ")}.\n`)
  process.exit(1)
}
const chosen = all.filter(({ id }) => wanted.length === 0 || wanted.includes(id))
const browser = await openBrowser()
try {
  for (const starter of chosen) await takePictures(browser, starter)
} finally {
  await browser.close()
}

async function takePictures(browser: Browser, starter: Starter): Promise<void> {
  const missing = await missingFor(starter)
  if (missing) {
    process.stderr.write(`${starter.id}: no pictures, since ${missing}\n`)
    return
  }
  using written = await writeStarter(starter)
  await using app = await written.start()
  for (const scheme of ["light", "dark"] as const) {
    const bytes = await photograph(browser, new URL(starter.picture?.path ?? "/", app.url), scheme)
    writeFileSync(join(startersFolder, starter.id, `picture-${scheme}.webp`), bytes)
    process.stdout.write(`${starter.id} ${scheme}: ${bytes.length} bytes\n`)
  }
}

/** Straight from the browser's own protocol, since the library makes no WebP. */
async function photograph(
  browser: Browser,
  url: URL,
  colorScheme: "light" | "dark",
): Promise<Buffer> {
  const context = await browser.newContext({
    viewport: size,
    colorScheme,
    reducedMotion: "reduce",
    locale: "en-GB",
  })
  const page = await context.newPage()
  await page.goto(url.href, { waitUntil: "load" })
  await page.evaluate("document.fonts.ready")
  const session = await context.newCDPSession(page)
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 82 })
  await context.close()
  return Buffer.from(data, "base64")
}
