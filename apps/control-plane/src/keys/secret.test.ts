import { expect, test } from "vitest"
import { isSecret, newSecret } from "./secret.ts"

test("a secret tells by its form what it is, and one wrong letter is seen", () => {
  const secret = newSecret()
  expect(secret).toMatch(/^vck_[0-9A-Za-z]{49}$/)
  expect(isSecret(secret)).toBe(true)
  expect(newSecret()).not.toBe(secret)
  const at = 10
  const other = secret[at] === "a" ? "b" : "a"
  expect(isSecret(`${secret.slice(0, at)}${other}${secret.slice(at + 1)}`)).toBe(false)
  expect(isSecret(`${secret}0`)).toBe(false)
  // Pinned: secrets that are out there must stay valid.
  const last = newSecret((n) => new Uint8Array(n).fill(255))
  expect(last).toBe("vck_yhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp12FEuJA")
})
