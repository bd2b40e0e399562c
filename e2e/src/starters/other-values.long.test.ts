import type { Browser } from "playwright-core"
import { afterAll, beforeAll, test } from "vitest"
import { openBrowser } from "../browser.ts"
import { otherwise } from "./other-values.ts"
import { readToTry, tryOut } from "./try-out.ts"

const { runnable } = await readToTry()

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

test.concurrent.each(runnable)(
  "the starter $id holds for other values of its parameters",
  (starter) => tryOut(browser, starter, otherwise(starter)),
)
