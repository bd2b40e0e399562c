import { isFault } from "@vibecaas/kernel/fault"
import { expect, test } from "vitest"
import { pagePath } from "./app-tools.ts"

test.each([
  ["/", "/"],
  ["/api/books?finished=false&q=a%20b", "/api/books?finished=false&q=a%20b"],
  ["/a/../../b", "/b"],
  ["/@evil.example/", "/@evil.example/"],
])("the path %s is asked for as %s", (text, path) => {
  expect(pagePath(text)).toBe(path)
})

test.each([
  "http://169.254.169.254/latest",
  "//169.254.169.254/",
  "/\\169.254.169.254/",
  "\\\\evil",
  "/\t/evil.example",
  "/\n",
  "api",
  "",
  "javascript:alert(1)",
])("%j is no path of the app", (text) => {
  expect(() => pagePath(text)).toThrow(expect.toSatisfy((error) => isFault(error, "invalid")))
})
