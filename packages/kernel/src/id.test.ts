import fc from "fast-check"
import { expect, test } from "vitest"
import { clockAt, systemClock } from "./clock.ts"
import { makeNewId } from "./id.ts"

test("an id is its prefix and 26 characters of base 32", () => {
  expect(makeNewId(systemClock)("prj")).toMatch(/^prj_[0-7][0-9a-hjkmnp-tv-z]{25}$/)
})

test("ids of later moments sort after those of earlier ones, whatever their chance part", () => {
  fc.assert(
    fc.property(
      fc.tuple(
        fc.integer({ min: 1, max: 10 ** 9 }),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
      ),
      ([ms, chance]) => {
        const clock = clockAt("2026-01-01T00:00:00Z")
        const earlier = makeNewId(clock, () => new Uint8Array(16).fill(255))("prj")
        clock.advance(ms)
        expect(makeNewId(clock, () => chance)("prj") > earlier).toBe(true)
      },
    ),
  )
})

test("ten thousand ids of one moment are ten thousand ids", () => {
  const newId = makeNewId(clockAt("2026-01-01T00:00:00Z"))
  expect(new Set(Array.from({ length: 10_000 }, () => newId("run"))).size).toBe(10_000)
})

test("an id holds its moment and the version that RFC 9562 gives it", () => {
  const id = makeNewId(clockAt("2026-01-01T00:00:00Z"), () => new Uint8Array(16))("prj")
  // 2026-01-01 is 0x019b76daa800 in milliseconds; version 7, variant 10, the rest zero.
  expect(uuidOf(id)).toBe("019b76da-a800-7000-8000-000000000000")
})

function uuidOf(id: string): string {
  const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
  const digits = id.slice(id.indexOf("_") + 1)
  const value = [...digits].reduce((sum, digit) => sum * 32n + BigInt(alphabet.indexOf(digit)), 0n)
  const hex = value.toString(16).padStart(32, "0")
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
}
