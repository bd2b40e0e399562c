import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect } from "vitest"
import { openBrowser } from "../../../e2e/src/browser.ts"
import type { Tried } from "../perform.ts"
import type { Step } from "../step.ts"
import { tryApp } from "../try-app.ts"

/** for what is not there */
export const brief = { patienceMs: 1500 }

type App = AsyncDisposable & { origin: string }

/** Tries steps on apps, in a browser that is there for the tests of this file. */
export function trials() {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  /** @param patienceMs what never comes is waited for so long; what comes late is no failure */
  async function tried(
    opened: Promise<App>,
    steps: Step[],
    { log = "", patienceMs = 30_000 } = {},
  ): Promise<Tried["state"] | undefined> {
    await using app = await opened
    const [result] = await tryApp(browser, [{ words: "it", steps }], {
      origin: app.origin,
      patienceMs,
      language: "en",
      log: async () => log,
    })
    return result?.state
  }

  /** The same test passes where an app does it and fails where one only looks as if it did. */
  async function tellsApart(apps: { honest: Promise<App>; green: Promise<App> }, steps: Step[]) {
    expect(await tried(apps.honest, steps)).toBe("passed")
    expect(await tried(apps.green, steps, brief)).toBe("failed")
  }
  return { tried, tellsApart }
}
