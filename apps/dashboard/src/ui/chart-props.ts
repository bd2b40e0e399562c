interface ChartPoint {
  /** below the bar, e.g. "Nov" */
  at: string
  /** one number per series */
  values: readonly number[]
}

export interface ChartProps {
  /** what it shows, e.g. "Machine time by month" */
  label: string
  /** what `at` is, heads the first column of the table, e.g. "Month" */
  span: string
  series: readonly string[]
  points: readonly ChartPoint[]
  /** a number in words, e.g. "3 h 5 min" */
  words(value: number): string
}

/** The colour of a series, by its place among them. */
export const chartColour = (index: number): string => `var(--chart-${(index % 5) + 1})`
