import type { ModelDay, ModelMetrics } from "@vibecaas/contract/model-metrics"
import { money } from "@vibecaas/contract/money"
import { count, duration } from "../ui/format.ts"

type Did = Omit<ModelMetrics, "role">

/** One thing to see over time: its number of a day, and how that reads. */
interface Measure {
  name: string
  of(did: Did): number | null
  words(value: number): string
}

/** "61.4", "1,280" */
export const number = (value: number) =>
  value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 1 : 0 })

export const measures = {
  first: {
    name: "Time to the first piece",
    of: (did) => did.firstMsMedian,
    words: duration,
  },
  speed: {
    name: "Tokens per second",
    of: (did) => did.tokensPerSecond,
    words: number,
  },
  answers: { name: "Answers", of: (did) => did.answers, words: number },
  success: { name: "Tasks that succeeded", of: (did) => did.tasksSucceeded, words: number },
  failures: { name: "Tasks that failed", of: (did) => did.tasksFailed, words: number },
  retries: { name: "Requests made again", of: (did) => did.retries, words: number },
  tools: { name: "Time in tools", of: (did) => did.toolMs, words: duration },
  cost: { name: "Cost", of: (did) => did.costCents, words: money },
} as const satisfies Record<string, Measure>
export type MeasureName = keyof typeof measures

/** at most so many models have bars of their own */
const seriesMax = 5

const nameOf = ({ provider, model }: Pick<Did, "provider" | "model">) =>
  provider === model ? model : `${provider}:${model}`

/** Bars of the models that were asked most, day by day, also of days without any. */
export function daySeries(
  days: readonly ModelDay[],
  range: { from: string; to: string },
  measure: MeasureName,
) {
  const asked = new Map<string, number>()
  for (const day of days)
    asked.set(nameOf(day), (asked.get(nameOf(day)) ?? 0) + day.answers + day.unanswered)
  const series = [...asked].sort(([, a], [, b]) => b - a).map(([name]) => name)
  const shown = series.slice(0, seriesMax)
  const { of } = measures[measure]
  const barOf = (at: string, name: string) => {
    const did = days.find((day) => day.day === at && nameOf(day) === name)
    return (did && of(did)) ?? 0
  }
  const points = daysOf(range).map((at) => ({
    at: at.slice(5),
    values: shown.map((name) => barOf(at, name)),
  }))
  return { series: shown, points, left: series.length - shown.length }
}

const dayMs = 86_400_000

function daysOf({ from, to }: { from: string; to: string }): string[] {
  const first = Date.parse(from)
  const length = Math.round((Date.parse(to) - first) / dayMs) + 1
  return Array.from({ length }, (_, at) => new Date(first + at * dayMs).toISOString().slice(0, 10))
}

/** "7 of 8 tasks", of those that came to their end */
export function successWords({ tasksSucceeded, tasksFailed }: Did): string {
  const ended = tasksSucceeded + tasksFailed
  return ended === 0 ? "No task ended" : `${tasksSucceeded} of ${count(ended, "task")}`
}

/** "$0.31", and that some of it is not known */
export function costOf({ costCents, unpriced }: Did): string {
  if (unpriced === 0) return money(costCents)
  return costCents > 0 ? `over ${money(costCents)}` : "Not known"
}
