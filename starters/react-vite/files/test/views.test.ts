import assert from "node:assert/strict"
import { test } from "node:test"
import type { Task } from "../shared/task.ts"
import { dayOf, figuresOf, matching, sayDay, sorted, tasksIn } from "../src/tasks/views.ts"

const today = "2026-03-10"
let last = 0
const task = (given: Partial<Task>): Task => ({
  ...{ id: ++last, title: `Task ${last}`, notes: "", area: "Home", person: "", priority: "normal" },
  ...{ due: "", doneAt: null, createdAt: "2026-03-01T08:00:00.000Z" },
  ...given,
})
const titles = (tasks: readonly Task[]) => tasks.map(({ title }) => title)

const late = task({ title: "late", due: "2026-03-08" })
const now = task({ title: "now", due: today, person: "Ada" })
const soon = task({ title: "soon", due: "2026-03-11", area: "Office" })
const some = task({ title: "some day", priority: "low" })
const urgent = task({ title: "urgent", priority: "high", notes: "the DOOR" })
const done = task({ title: "done", doneAt: "2026-03-09T08:00:00.000Z" })
const all = [some, soon, now, urgent, done, late]

test("open, due and done tasks have a view each", () => {
  assert.deepEqual(titles(tasksIn(all, "today", today)), ["now", "late"])
  assert.deepEqual(titles(tasksIn(all, "done", today)), ["done"])
  assert.equal(tasksIn(all, "open", today).length, 5)
})

test("what is late comes first, then by day, then what is important", () => {
  const order = ["late", "now", "soon", "urgent", "some day"]
  assert.deepEqual(titles(sorted(tasksIn(all, "open", today), "due", false)), order)
  assert.deepEqual(titles(sorted([now, late], "title", true)), ["now", "late"])
})

test("search finds every word anywhere, and filters join", () => {
  const find = (words: string, area = "", person = "") =>
    titles(matching(all, { words, area, person }))
  assert.deepEqual(find("door the"), ["urgent"])
  assert.deepEqual(find("", "Office"), ["soon"])
  assert.deepEqual(find("now", "", "Ada"), ["now"])
  assert.deepEqual(find("now", "Office"), [])
})

test("days are said as people say them", () => {
  const said = ["2026-03-07", "2026-03-09", today, "2026-03-11", "2026-04-02", "2027-01-01"].map(
    (due) => sayDay(due, today),
  )
  assert.deepEqual(said, ["3 days late", "Yesterday", "Today", "Tomorrow", "2 Apr", "1 Jan 2027"])
})

test("the figures count what is open, due, late and lately done", () => {
  const noon = new Date(2026, 2, 10, 12)
  assert.equal(dayOf(noon), today)
  const old = task({ doneAt: "2026-02-01T08:00:00.000Z" })
  assert.deepEqual(figuresOf([...all, old], noon), { open: 5, today: 1, late: 1, done: 1 })
})
