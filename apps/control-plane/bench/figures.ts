/** The value below which a share of all values lies; 0 for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? 0
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? 0) + upper) / 2 : upper
}

/** Prints rows under a heading, columns aligned: the first one left, the others right. */
export function printTable(heading: string, rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
  process.stdout.write(`\n${heading}\n${rows.map((row) => `  ${line(row)}\n`).join("")}`)
}

export const ms = (value: number) => `${value.toFixed(1)} ms`
export const seconds = (valueMs: number) => `${(valueMs / 1000).toFixed(2)} s`
export const perSecond = (value: number) => `${Math.round(value)}/s`

/** A target beside what was measured; missing one is a result, not a failure of the bench. */
export function printTarget(what: string, met: boolean): void {
  process.stdout.write(`  ${met ? "met" : "MISSED"}: ${what}\n`)
}
