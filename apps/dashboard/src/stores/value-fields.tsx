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
  /** why it cannot be changed once the store is made */
  fixed: string | undefined
}

interface Property {
  type?: string
  enum?: unknown[]
  default?: unknown
  title?: string
  fixed?: string
}

/** The plain values of an engine; lists and objects are for the API. */
export function partsOf(engine: StoreEngine | undefined): ValuePart[] {
  const properties = (engine?.values.properties ?? {}) as Record<string, Property> // JSON Schema of an object
  return Object.entries(properties).flatMap(([name, property]): ValuePart[] => {
    const label = property.title ?? wordsOf(name)
    const { fixed } = property
    const text = typeof property.default === "string" ? property.default : ""
    if (property.enum) {
      const choices = property.enum.map(String)
      return [{ name, label, kind: "choice", choices, first: text || (choices[0] ?? ""), fixed }]
    }
    if (property.type === "boolean")
      return [{ name, label, kind: "switch", choices: [], first: property.default === true, fixed }]
    if (property.type === "string")
      return [{ name, label, kind: "text", choices: [], first: text, fixed }]
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
  /** the store is there: what it was made with is only shown */
  made?: boolean
  parts: readonly ValuePart[]
  values: Record<string, string | boolean>
  errorAt(part: string): string | undefined
  onChange(values: Record<string, string | boolean>): void
}

/** A field for each of them. */
export function ValueFields({ made, parts, values, errorAt, onChange }: ValueFieldsProps) {
  return parts.map(({ name, label, kind, choices, fixed }) => {
    const off = made ? fixed : undefined
    const set = (value: string | boolean) => onChange({ ...values, [name]: value })
    if (kind === "switch")
      return (
        <Checkbox
          key={name}
          label={label}
          help={off}
          off={off}
          checked={values[name] === true}
          onChange={set}
        />
      )
    if (kind === "text") {
      return (
        <TextField
          key={name}
          label={label}
          value={String(values[name] ?? "")}
          help={off}
          readOnly={off !== undefined}
          error={errorAt(name)}
          onChange={(event) => set(event.target.value)}
        />
      )
    }
    return (
      <Field key={name} label={label} help={off} error={errorAt(name)}>
        {(control) => (
          <Select
            {...control}
            off={off}
            value={String(values[name] ?? "")}
            options={choices.map((choice) => ({ value: choice, label: choice }))}
            onChange={set}
          />
        )}
      </Field>
    )
  })
}
