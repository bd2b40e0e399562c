import { expect, test } from "vitest"
import type { Seen } from "./browser.ts"
import { troublesOf } from "./troubles.ts"

const fine: Seen = {
  ...{ url: "/", title: "Books", status: 200, console: [], errors: [], failedRequests: [] },
  ...{ dialogs: [], blank: false, scrollsSidewaysBy: 0, tree: "", cookies: {} },
}

test("a page that loads, greets with a dialog and warns has no troubles", () => {
  const console = [{ level: "warning", text: "slow" }]
  expect(troublesOf({ ...fine, console, dialogs: ["alert: Hello"] })).toEqual([])
})

test("a page before which one has to sign in is none that fails", () => {
  expect(troublesOf({ ...fine, status: 401 })).toEqual([])
  expect(troublesOf({ ...fine, status: 404 })).toEqual(["The page answered 404."])
})

test("what a page complains about is told a line each, and much of it is cut short", () => {
  const errors = Array.from({ length: 12 }, (_, at) => `${at} is not defined`)
  const troubles = troublesOf({ ...fine, errors, blank: true })
  expect(troubles).toHaveLength(9)
  expect(troubles[0]).toBe("Uncaught error: 0 is not defined")
  expect(troubles.at(-1)).toBe("… and 5 more.")
})
