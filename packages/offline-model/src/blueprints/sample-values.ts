/** Values for the tests of a generated app: two valid ones per field, and one that must be refused. */
import type { Field } from "./app-spec.ts"

export type Sample = string | number | boolean

/**
 * A valid value. Samples 0 and 1 differ wherever the type allows it.
 * References have none: they need a record to point at.
 */
export function sampleValue(field: Field, which: 0 | 1): Sample | undefined {
  if (field.type === "reference") return undefined
  if (field.type === "choice") return pick(field.choices ?? [], which)
  if (field.type === "rating") return which === 0 ? (field.max ?? 5) : (field.min ?? 1)
  if (field.type === "text")
    return `${which === 0 ? "First" : "Second"} ${field.label.toLowerCase()}`
  if (field.type === "long_text") {
    return which === 0 ? "Several words\non two lines" : "Other words"
  }
  const number = numbers[field.type]?.[which]
  return number === undefined ? words[field.type]?.[which] : within(field, number)
}

/** A value of the wrong kind, as the API would receive it; undefined where any text will do. */
export function wrongValue(field: Field): Sample | undefined {
  if (field.type === "text" || field.type === "long_text") return 7
  if (field.type === "rating") return (field.max ?? 5) + 1
  if (field.type === "whole_number") return 1.5
  if (field.type === "money") return 1.005
  if (field.type === "reference") return 999_999
  return `not a ${field.type}`
}

const numbers: Partial<Record<Field["type"], [number, number]>> = {
  whole_number: [12, 3],
  decimal: [2.5, 7.25],
  money: [19.99, 5],
}

const words: Partial<Record<Field["type"], [Sample, Sample]>> = {
  flag: [true, false],
  date: ["2026-03-31", "2025-12-01"],
  datetime: ["2026-03-31T18:30", "2025-12-01T08:00"],
  time: ["18:30", "08:00"],
  email: ["ada@example.org", "grace@example.org"],
  url: ["https://example.org/one", "https://example.org/two"],
  phone: ["+44 20 7946 0000", "+1 202 555 0100"],
  color: ["#3366cc", "#cc6633"],
}

function pick(choices: string[], which: 0 | 1): string {
  return choices[which] ?? choices[0] ?? ""
}

function within({ min, max }: Field, number: number): number {
  return Math.min(Math.max(number, min ?? number), max ?? number)
}
