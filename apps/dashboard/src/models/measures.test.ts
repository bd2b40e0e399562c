import type { ModelDay } from "@vibecaas/contract/model-metrics"
import { expect, test } from "vitest"
import { metrics } from "../testing/metrics.ts"
import { costOf, daySeries, successWords } from "./measures.ts"

const day = (at: string, given: Partial<ModelDay>): ModelDay => {
  const { role: _, ...did } = metrics()
  return { ...did, day: at, ...given }
}

test("days without answers have bars of nothing, and the model asked most comes first", () => {
  const days = [
    day("2026-11-01", { model: "small", answers: 2, firstMsMedian: 300 }),
    day("2026-11-03", { model: "large", answers: 9, firstMsMedian: null }),
  ]
  const shown = daySeries(days, { from: "2026-11-01", to: "2026-11-03" }, "first")
  expect(shown).toEqual({
    series: ["anthropic:large", "anthropic:small"],
    points: [
      { at: "11-01", values: [0, 300] },
      { at: "11-02", values: [0, 0] },
      { at: "11-03", values: [0, 0] },
    ],
    left: 0,
  })
})

test("more models than there are colours are said to be left out", () => {
  const days = Array.from({ length: 7 }, (_, at) => day("2026-11-01", { model: `m${at}` }))
  const shown = daySeries(days, { from: "2026-11-01", to: "2026-11-01" }, "answers")
  expect([shown.series.length, shown.left]).toEqual([5, 2])
})

test("what is not known is not called nothing", () => {
  expect(costOf(metrics({ costCents: 0, unpriced: 3 }))).toBe("Not known")
  expect(costOf(metrics({ costCents: 40, unpriced: 1 }))).toBe("over $0.40")
  expect(successWords(metrics({ tasksSucceeded: 0, tasksFailed: 0 }))).toBe("No task ended")
})
