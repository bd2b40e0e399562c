import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { openBrowser, wide } from "../browser.ts"
import { readToTry, tryOut } from "./try-out.ts"
import { webpSize } from "./webp-size.ts"

/** Every app with which a project can begin is held to the same facts. */
const { starters, lacking, runnable } = await readToTry()

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

for (const [id, missing] of lacking)
  test.skip(`the starter ${id} is not tried: ${missing}`, () => {})

// The first to need packages fetches and builds them.
const patient = { timeout: 600_000 }

describe.concurrent.each(runnable)("the starter $id", (starter) => {
  test(
    "passes its own tests, and answers pages without a breach in every view",
    patient,
    async () => {
      const views = [wide, { width: 375, scheme: "dark" }] as const
      await tryOut(browser, starter, { values: {}, views })
    },
  )
})
