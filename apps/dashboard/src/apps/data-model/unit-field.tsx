"use client"
import { TextField } from "../../ui/field.tsx"
import { type DetailsProps, fieldIn } from "./editor-props.ts"

/** What stands behind a number. */
export function UnitField({ editor, list, at, off, onSet }: DetailsProps) {
  const field = fieldIn(editor.model.entities[list], at)
  const place = `entities/${list}/fields/${at}/unit`
  return (
    <TextField
      label="Unit"
      placeholder="€, kg"
      disabled={off !== undefined}
      autoComplete="off"
      error={editor.faults[place]}
      value={field.unit ?? ""}
      onChange={({ target }) => onSet({ unit: target.value || undefined }, place)}
    />
  )
}
