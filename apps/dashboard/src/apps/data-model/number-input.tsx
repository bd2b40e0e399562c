"use client"
import { useState } from "react"
import { TextField } from "../../ui/field.tsx"

interface NumberInputProps {
  label: string
  help?: string
  error: string | undefined
  off: string | undefined
  value: number | undefined
  onChange(value: number | undefined): void
}

/** A number or nothing; what is being typed stays as it is typed. */
export function NumberInput({ label, help, error, off, value, onChange }: NumberInputProps) {
  const [text, setText] = useState(() => String(value ?? ""))
  const typed = numberIn(text)
  const shown = typed === value || (typed === undefined && text !== "") ? text : String(value ?? "")
  const isNone = shown !== "" && numberIn(shown) === undefined
  return (
    <TextField
      label={label}
      help={help}
      inputMode="decimal"
      autoComplete="off"
      disabled={off !== undefined}
      error={isNone ? "Use a number." : error}
      value={shown}
      onChange={({ target }) => {
        setText(target.value)
        onChange(numberIn(target.value))
      }}
    />
  )
}

function numberIn(text: string): number | undefined {
  const number = text.trim() === "" ? Number.NaN : Number(text.trim().replace(",", "."))
  return Number.isFinite(number) ? number : undefined
}
