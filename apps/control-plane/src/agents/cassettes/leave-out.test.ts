import { expect, test } from "vitest"
import { leaveOut, leftOut } from "./leave-out.ts"

test.each([
  ["a key of OpenAI's", "sk-proj-abcdefghijklmnopqrstuvwxyz"],
  ["a key of Google's", `AIza${"x".repeat(35)}`],
  ["a token of GitHub's", `ghp_${"a1".repeat(18)}`],
  ["a signed token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl"],
  ["a private key", "-----BEGIN PRIVATE KEY-----\nMIIE\nabc\n-----END PRIVATE KEY-----"],
])("%s is left out of any text", (_, secret) => {
  const leaves = leaveOut([])
  expect(leaves.from({ said: [`before ${secret} after`] })).toEqual({
    said: [`before ${leftOut} after`],
  })
  expect(leaves.count).toBe(1)
})

test("a password in an address and a bearer's token go, and what is around them stays", () => {
  const text = "postgres://app:hunter22@db:5432/x, Authorization: Bearer abcdefghijklmnop1234"
  expect(leaveOut([]).from(text)).toBe(
    `postgres://app:${leftOut}@db:5432/x, Authorization: Bearer ${leftOut}`,
  )
})

test("values of an app's variables go wherever they stand, in names of files too; short ones are words", () => {
  const leaves = leaveOut(["correct horse", "true", "correct horse battery"])
  const value = { "correct horse.txt": "true: correct horse battery", n: 3, none: null }
  expect(leaves.from(value)).toEqual({
    [`${leftOut}.txt`]: `true: ${leftOut}`,
    n: 3,
    none: null,
  })
  expect(leaves.count).toBe(2)
})

test("headers that let somebody in lose their values", () => {
  const headers = { "Set-Cookie": "sid=1", Cookie: "sid=1", accept: "text/html" }
  expect(leaveOut([]).from({ headers })).toEqual({
    headers: { "Set-Cookie": leftOut, Cookie: leftOut, accept: "text/html" },
  })
})
