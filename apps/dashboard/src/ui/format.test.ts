import { expect, test } from "vitest"
import {
  bytes,
  count,
  duration,
  exactTime,
  initials,
  memory,
  relativeTime,
  shortId,
  stopwatch,
  timeUntil,
} from "./format.ts"

const now = Date.parse("2026-11-22T12:00:00Z")
const day = 86_400

test.each([
  [0, "now"],
  [-5, "now"],
  [42, "42 s ago"],
  [12 * 60, "12 min ago"],
  [3600, "1 h ago"],
  [day, "yesterday"],
  [3 * day, "3 days ago"],
  [8 * day, "14 Nov"],
  [400 * day, "18 Oct 2025"],
])("%i seconds back reads “%s”", (seconds, words) => {
  expect(relativeTime(now - seconds * 1000, now)).toBe(words)
})

test.each([
  [7 * day, "in 7 days"],
  [47 * 3600, "in 47 h"],
  [12 * 60, "in 12 min"],
  [5, "soon"],
  [-60, "soon"],
])("%i seconds on reads “%s”", (seconds, words) => {
  expect(timeUntil(now + seconds * 1000, now)).toBe(words)
})

test("the exact time is in UTC and says so", () => {
  expect(exactTime(now)).toBe("22 Nov 2026, 12:00:00 UTC")
})

test.each([
  [41, "41 ms"],
  [800, "0.8 s"],
  [15_400, "15.4 s"],
  [125_000, "2 min 5 s"],
  [3_780_000, "1 h 3 min"],
])("%i ms last “%s”", (ms, words) => {
  expect(duration(ms)).toBe(words)
})

test("numbers have units and a space", () => {
  expect([bytes(512), bytes(15_400), bytes(1_200_000)]).toEqual(["512 B", "15.4 kB", "1.2 MB"])
  expect([memory(512), memory(1024), memory(113_584)]).toEqual(["512 MB", "1 GB", "113,584 MB"])
  expect([count(1, "file"), count(3, "file")]).toEqual(["1 file", "3 files"])
  expect([stopwatch(11_600), stopwatch(724_000)]).toEqual(["0:11.6", "12:04.0"])
})

test("ids and names are shortened to what tells them apart", () => {
  expect(shortId("prj_01k9x3v8hde8r8z6h3gk5c2v9w")).toBe("prj_…5c2v9w")
  expect(shortId("req_8f3k20")).toBe("req_8f3k20")
  expect(shortId("0a1b2c3d4e5f60718293a4b5c6d7e8f901234567")).toBe("0a1b2c3")
  expect([initials("Mara Lindqvist"), initials("noor"), initials("")]).toEqual(["ML", "N", "?"])
})
