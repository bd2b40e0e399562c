"use client"
import { useId } from "react"
import { cn } from "./cn.ts"
import { inputLook } from "./field.tsx"
import { Select } from "./select.tsx"

/** Whole days in UTC, both included, e.g. `2026-11-01`. */
export interface Range {
  from: string
  to: string
}

interface DateRangeProps {
  label: string
  value: Range
  onChange(range: Range): void
  /** the day that is today, in UTC */
  today: string
}

const presets = {
  month: "This month",
  last: "Last month",
  days30: "Last 30 days",
  days7: "Last 7 days",
}
type Preset = keyof typeof presets

/** From one day to another: a usual span, or any. */
export function DateRange({ label, value, onChange, today }: DateRangeProps) {
  const id = useId()
  const chosen = presetOf(value, today)
  const options = Object.entries(presets).map(([value, label]) => ({ value, label }))
  const other = { value: "other", label: "Other days" }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a row in all browsers
    <div role="group" aria-label={label} className="flex flex-wrap items-center gap-2 text-13">
      <Select
        label="Span"
        className="w-36"
        value={chosen ?? other.value}
        options={chosen ? options : [...options, other]}
        onChange={(preset) => {
          if (preset in presets) onChange(rangeOf(preset as Preset, today)) // just seen to be one
        }}
      />
      <label htmlFor={`${id}-from`} className="sr-only">
        From
      </label>
      <input
        id={`${id}-from`}
        type="date"
        required
        value={value.from}
        max={value.to}
        onChange={({ target }) => target.value && onChange(ordered(target.value, value.to))}
        className={cn(inputLook, "w-36")}
      />
      <span aria-hidden="true" className="text-fg-3">
        to
      </span>
      <label htmlFor={`${id}-to`} className="sr-only">
        To
      </label>
      <input
        id={`${id}-to`}
        type="date"
        required
        value={value.to}
        min={value.from}
        max={today}
        onChange={({ target }) => target.value && onChange(ordered(value.from, target.value))}
        className={cn(inputLook, "w-36")}
      />
    </div>
  )
}

function ordered(from: string, to: string): Range {
  return from <= to ? { from, to } : { from: to, to: from }
}

const dayMs = 86_400_000
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)

/** The days of a usual span that ends with `today`. */
export function rangeOf(preset: Preset, today: string): Range {
  const now = Date.parse(today)
  if (preset === "days7") return { from: dayOf(now - 6 * dayMs), to: today }
  if (preset === "days30") return { from: dayOf(now - 29 * dayMs), to: today }
  const first = `${today.slice(0, 7)}-01`
  if (preset === "month") return { from: first, to: today }
  const lastOfBefore = dayOf(Date.parse(first) - dayMs)
  return { from: `${lastOfBefore.slice(0, 7)}-01`, to: lastOfBefore }
}

function presetOf(range: Range, today: string): Preset | undefined {
  return (Object.keys(presets) as Preset[]).find((preset) => {
    const { from, to } = rangeOf(preset, today)
    return from === range.from && to === range.to
  })
}

/** A range of days as the instants that the API takes: the second is the start of the day after. */
export function instantsOf({ from, to }: Range): Range {
  return {
    from: new Date(from).toISOString(),
    to: new Date(Date.parse(to) + dayMs).toISOString(),
  }
}
