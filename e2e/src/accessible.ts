import type { Page } from "playwright-core"
import { expect } from "vitest"
import { axeBreaches } from "./axe.ts"
import { scrollsSidewaysBy } from "./browser.ts"

/** Content is there, and no colour is on its way. */
export async function untilSettled(of: Page): Promise<void> {
  await expect.poll(() => of.getByText(/^Loading /).count(), { timeout: 30_000 }).toBe(0)
  // A text, because this file is typed for Node and the expression for the browser.
  const moving = () => of.evaluate("document.getAnimations().length")
  await expect.poll(moving, { timeout: 10_000 }).toBe(0)
}

/** axe in light on a wide screen and in dark on a phone; nothing scrolls sideways there, nor on a tablet. */
export async function expectAccessible(of: Page): Promise<void> {
  const found: string[] = []
  const look = async (view: string) => {
    await untilSettled(of)
    for (const breach of await axeBreaches(of)) found.push(`${view} ${breach}`)
  }
  await look("light 1440")
  await of.emulateMedia({ colorScheme: "dark" })
  await of.setViewportSize({ width: 375, height: 812 })
  await look("dark 375")
  const sideways = [await scrollsSidewaysBy(of)]
  await of.setViewportSize({ width: 768, height: 900 })
  sideways.push(await scrollsSidewaysBy(of))
  await of.emulateMedia({ colorScheme: "light" })
  await of.setViewportSize({ width: 1440, height: 900 })
  expect({ found, sideways }).toEqual({ found: [], sideways: [0, 0] })
}
