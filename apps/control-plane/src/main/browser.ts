import { systemClock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import { makeChromium } from "../agents/browser/drivers/chromium.ts"
import { findChromium, isProgram } from "../agents/browser/drivers/find-chromium.ts"
import { noBrowser } from "../agents/browser/no-browser.ts"
import type { Browser } from "../agents/index.ts"
import type { Config } from "./config.ts"

/** how long it is kept although nobody looks, and until a page has loaded, in `ms` */
const limits = { idleMs: 120_000, loadMsMax: 10_000 }

/** What agents look at pages with; where none is to be had, whoever looks is told why. */
export function chooseBrowser({ browser }: Pick<Config, "browser">, log: Log): Browser {
  const found = programOf(browser)
  if ("missing" in found) return noBrowser(found.missing)
  return makeChromium({ ...found, nodePath: process.execPath, clock: systemClock, log, ...limits })
}

/** The path of the program, or the sentence that says why there is none. */
export function programOf(wanted: string | undefined): { program: string } | { missing: string } {
  if (wanted === "none") return { missing: "The server is set to have no browser." }
  if (wanted !== undefined && !isProgram(wanted)) {
    return { missing: `VIBECAAS_BROWSER: there is no program at ${wanted}.` }
  }
  const program = wanted ?? findChromium()
  if (program) return { program }
  return {
    missing: "Chromium is not installed on the server (on Debian: apt-get install chromium).",
  }
}
