import { expect, test } from "vitest"
import { outside, pathsOf, safeNext, seenSignedOut } from "./paths.ts"

test("an id with a slash stays one path segment", () => {
  expect(pathsOf("halden").app("a/b")).toBe("/o/halden/projects/a%2Fb/app")
})

test("sign-in leads back only to a page of this dashboard", () => {
  const inside = "/o/halden/projects/prj_1?run=run_1"
  expect(safeNext(inside)).toBe(inside)
  for (const elsewhere of ["https://evil.test", "//evil.test", "/\\evil.test", "/\tx", "", null])
    expect(safeNext(elsewhere)).toBe(outside.home())
  expect(safeNext("/sign-in")).toBe(outside.home())
})

test("the door keeps the page that was wanted, and says nothing of the first one", () => {
  expect(outside.signIn("/o/halden/usage?a=b")).toBe("/sign-in?next=%2Fo%2Fhalden%2Fusage%3Fa%3Db")
  expect(outside.signIn("/")).toBe("/sign-in")
})

test("an invitation and a device are seen before one signs in, and no page of an organization is", () => {
  const device = new URL(outside.device("ABCD"), "http://dashboard.test").pathname
  expect([outside.signIn(), outside.signUp(), outside.join(), device].every(seenSignedOut)).toBe(
    true,
  )
  expect(
    [outside.home(), "/o/halden/projects", "/joined", "/sign-in-not"].some(seenSignedOut),
  ).toBe(false)
})
