"use client"
import type { StoreEngine } from "@vibecaas/contract/store"
import { Checkbox } from "../ui/checkbox.tsx"
import { Field, TextField } from "../ui/field.tsx"
import { Select } from "../ui/select.tsx"

/** One value that a store of an engine can be given, read from its JSON Schema. */
export interface ValuePart {
  name: string
  label: string
  kind: "choice" | "switch" | "text"
  choices: readonly string[]
  first: string | boolean
}

interface Property {
  type?: string
  enum?: unknown[]
  default?: unknown
  title?: string
}

/** The plain values of an engine; lists and objects are for the API. */
export function partsOf(engine: StoreEngine | undefined): ValuePart[] {
  const properties = (engine?.values.properties ?? {}) as Record<string, Property> // JSON Schema of an object
  return Object.entries(properties).flatMap(([name, property]): ValuePart[] => {
    const label = property.title ?? wordsOf(name)
    const text = typeof property.default === "string" ? property.default : ""
    if (property.enum) {
      const choices = property.enum.map(String)
      return [{ name, label, kind: "choice", choices, first: text || (choices[0] ?? "") }]
    }
    if (property.type === "boolean")
      return [{ name, label, kind: "switch", choices: [], first: property.default === true }]
    if (property.type === "string") return [{ name, label, kind: "text", choices: [], first: text }]
    return []
  })
}

/** "sampleData" → "Sample data" */
function wordsOf(name: string): string {
  const words = name.replaceAll(/([A-Z])/g, " $1").toLowerCase()
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

export const firstValues = (engine: StoreEngine | undefined): Record<string, string | boolean> =>
  Object.fromEntries(partsOf(engine).map(({ name, first }) => [name, first]))

/** What is sent of them: a text that was left empty is left to the engine. */
export const bodyOfValues = (values: Record<string, string | boolean>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""))

interface ValueFieldsProps {
  parts: readonly ValuePart[]
  values: Record<string, string | boolean>
  errorAt(part: string): string | undefined
  onChange(values: Record<string, string | boolean>): void
}

/** A field for each of them. */
export function ValueFields({ parts, values, errorAt, onChange }: ValueFieldsProps) {
  return parts.map(({ name, label, kind, choices }) => {
    const set = (value: string | boolean) => onChange({ ...values, [name]: value })
    if (kind === "switch")
      return <Checkbox key={name} label={label} checked={values[name] === true} onChange={set} />
    if (kind === "text") {
      return (
        <TextField
          key={name}
          label={label}
          value={String(values[name] ?? "")}
          error={errorAt(name)}
          onChange={(event) => set(event.target.value)}
        />
      )
    }
    return (
      <Field key={name} label={label} error={errorAt(name)}>
        {(control) => (
          <Select
            {...control}
            value={String(values[name] ?? "")}
            options={choices.map((choice) => ({ value: choice, label: choice }))}
            onChange={set}
          />
        )}
      </Field>
    )
  })
}
