import { expect, test } from "vitest"
import { paths, safeNext } from "./paths.ts"

test("an id with a slash stays one path segment", () => {
  expect(paths.files("a/b")).toBe("/projects/a%2Fb/files")
})

test("sign-in leads back only to a page of this dashboard", () => {
  expect(safeNext("/projects/prj_1?run=run_1")).toBe("/projects/prj_1?run=run_1")
  for (const elsewhere of ["https://evil.test", "//evil.test", "/\\evil.test", "/\tx", "", null])
    expect(safeNext(elsewhere)).toBe("/projects")
  expect(safeNext("/sign-in")).toBe("/projects")
})
