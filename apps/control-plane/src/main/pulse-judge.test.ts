import { clockAt } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { expect, test } from "vitest"
import { judgePulses } from "./pulse-judge.ts"

const silence = { say: "it does not answer", restartHelps: true, cause: undefined }
const readOnly = { say: "it takes no changes", restartHelps: false, cause: undefined }
const minuteMs = 60_000

function world({ ours = true } = {}) {
  const clock = clockAt("2026-01-01T00:00:00Z")
  const told: string[] = []
  const tell = (line: string) => void told.push(line)
  const judge = judgePulses({ ours, clock, log: silentLog, tell })
  return { clock, told, judge }
}

test("a database is started again after three pulses in a row that failed, not after two", () => {
  const { judge, told } = world()
  expect([silence, silence, undefined].map(judge)).toEqual([false, false, false])
  expect([silence, silence, silence].map(judge)).toEqual([false, false, true])
  expect(told).toEqual(["The database does not work: it does not answer. Starting it again."])
  judge(undefined)
  expect(told.at(-1)).toBe("The database works again.")
})

test("what a restart does not end is told once, and nothing is started", () => {
  const { judge, told } = world()
  for (let pulse = 0; pulse < 20; pulse++) expect(judge(readOnly)).toBe(false)
  expect(told).toEqual(["The database does not work: it takes no changes."])
})

test("pulses that fail while it recovers do not count towards a restart", () => {
  const { judge } = world()
  const pulses = [silence, silence, readOnly, readOnly, readOnly, silence, silence]
  expect(pulses.map(judge)).not.toContain(true)
})

test("another's database is spoken of and left alone", () => {
  const { judge, told } = world({ ours: false })
  for (let pulse = 0; pulse < 20; pulse++) expect(judge(silence)).toBe(false)
  expect(told).toEqual(["The database does not work: it does not answer."])
})

test("restarts that do not help come ever later, and end after five", () => {
  const { clock, judge, told } = world()
  const at: number[] = []
  for (let second = 0; second < 60 * 60; second += 10) {
    if (judge(silence)) at.push(second)
    clock.advance(10_000)
  }
  expect(at).toEqual([20, 50, 110, 230, 470])
  expect(told.at(-1)).toContain("It was started again 5 times; now it is left as it is.")
  judge(undefined)
  clock.advance(minuteMs)
  expect([silence, silence, silence].map(judge)).toEqual([false, false, true])
})
