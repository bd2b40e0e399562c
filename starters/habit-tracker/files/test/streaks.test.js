import assert from "node:assert/strict"
import { test } from "node:test"
import { addDays, addMonths, daysOfMonth, makeCalendar, readDay } from "../server/calendar.js"
import { streakOf } from "../server/streaks.js"

const today = "2026-03-11" // a Wednesday
const { weekOf } = makeCalendar({ timeZone: "UTC", weekStart: "monday" })
const streak = (days, target = 7) => {
  const { now, best, total } = streakOf({ target, days }, { today, weekOf })
  return { now, best, total }
}

test("days in a row up to today are a streak", () => {
  assert.deepEqual(streak(["2026-03-09", "2026-03-10", today]), { now: 3, best: 3, total: 3 })
})

test("a day that is not over breaks nothing, a missed one does", () => {
  assert.equal(streak(["2026-03-09", "2026-03-10"]).now, 2)
  assert.equal(streak(["2026-03-08", "2026-03-09"]).now, 0)
})

test("the longest streak is remembered, over months and leap days", () => {
  const days = Array.from({ length: 10 }, (_, at) => addDays("2024-02-24", at))
  assert.deepEqual(streak([...days, today]), { now: 1, best: 10, total: 11 })
})

test("days to come do not count", () => {
  assert.deepEqual(streak([today, "2026-03-12"]), { now: 1, best: 1, total: 1 })
})

test("a habit for some days a week counts weeks in which they were reached", () => {
  const twice = (monday) => [monday, addDays(monday, 3)]
  const days = [...twice("2026-02-16"), ...twice("2026-02-23"), ...twice("2026-03-02")]
  assert.deepEqual(streak(days, 2), { now: 3, best: 3, total: 6 })
  assert.equal(streak([...days, "2026-03-09"], 2).now, 3)
  assert.equal(streak([...days, "2026-03-09", today], 2).now, 4)
  assert.equal(streak(days, 3).now, 0)
})

test("weeks begin on the day of the settings", () => {
  const sunday = makeCalendar({ timeZone: "UTC", weekStart: "sunday" })
  assert.equal(weekOf("2026-03-08"), "2026-03-02")
  assert.equal(sunday.weekOf("2026-03-08"), "2026-03-08")
  assert.equal(weekOf("2026-03-02"), "2026-03-02")
})

test("months have their days, and a year turns", () => {
  assert.equal(daysOfMonth("2024-02").length, 29)
  assert.equal(daysOfMonth("2026-12").length, 31)
  assert.equal(addMonths("2026-01", -1), "2025-12")
  assert.equal(addMonths("2026-12", 1), "2027-01")
})

test("what is no day is refused", () => {
  for (const wrong of ["2026-02-30", "2026-13-01", "today", "", undefined, "20260101"])
    assert.throws(() => readDay(wrong), { status: 422 }, String(wrong))
})
