import { expect, test } from "vitest"
import { leadsTo } from "./check.ts"

test("an answer leads on to a page of the same app, and nowhere else", () => {
  const to = (status: number, location?: string) =>
    leadsTo({ status, headers: location === undefined ? {} : { location } })
  expect(to(303, "/-/sign-in?next=/")).toBe("/-/sign-in?next=/")
  expect(to(302, "https://elsewhere.example/")).toBeUndefined()
  expect(to(302, "//elsewhere.example/")).toBeUndefined()
  expect(to(200, "/books")).toBeUndefined()
  expect(to(303)).toBeUndefined()
})
