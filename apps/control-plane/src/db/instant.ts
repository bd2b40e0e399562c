/**
 * A column as text in UTC. For hot reads: making a `Date` of each value and text of each `Date` again
 * costs more than reading the row.
 */
export const utcText = (column: string) => `(${column} at time zone 'UTC')::text`

/** `2026-01-31 12:00:00.5`, as `utcText` reads it → `2026-01-31T12:00:00.500Z` */
export function instantOf(text: string): string {
  const fraction = text.slice(20, 23).padEnd(3, "0")
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`
}
