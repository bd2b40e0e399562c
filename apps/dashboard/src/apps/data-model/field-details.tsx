"use client"
import type { Field as ModelField } from "@vibecaas/contract/data-model"
import { isNumeric } from "@vibecaas/contract/data-model-parts"
import { Field, TextField } from "../../ui/field.tsx"
import { Select } from "../../ui/select.tsx"
import { ChoicesEditor } from "./choices-editor.tsx"
import { type DetailsProps, fieldIn } from "./editor-props.ts"
import { FormulaEditor } from "./formula-editor.tsx"
import { NumberInput } from "./number-input.tsx"
import { UnitField } from "./unit-field.tsx"

/** What a field of its type says beside its name. */
export function FieldDetails(props: DetailsProps) {
  const { editor, list, at } = props
  const field = fieldIn(editor.model.entities[list], at)
  const isRelation = field.type === "reference" || field.type === "references"
  return (
    <>
      {field.type === "choice" ? <ChoicesEditor {...props} /> : null}
      {isRelation ? <Target {...props} /> : null}
      {field.type === "computed" ? <FormulaEditor {...props} /> : null}
      {isNumeric(field.type) ? <Bounds {...props} /> : null}
      {isRelation || field.type === "computed" ? null : <Default {...props} />}
    </>
  )
}

function Target({ editor, list, at, off, onSet }: DetailsProps) {
  const { model, faults } = editor
  const field = fieldIn(model.entities[list], at)
  return (
    <Field label="Points at" error={faults[`entities/${list}/fields/${at}/to`]}>
      {(control) => (
        <Select
          {...control}
          value={field.to ?? ""}
          options={model.entities.map(({ plural, labelPlural }) => ({
            value: plural,
            label: labelPlural,
          }))}
          off={off}
          onChange={(to) => onSet({ to })}
        />
      )}
    </Field>
  )
}

function Bounds({ editor, list, at, off, onSet }: DetailsProps) {
  const field = fieldIn(editor.model.entities[list], at)
  const place = `entities/${list}/fields/${at}`
  const set = (name: "min" | "max") => (value: number | undefined) =>
    onSet({ [name]: value }, `${place}/${name}`)
  return (
    <div className="grid grid-cols-3 gap-3 max-md:grid-cols-2">
      <NumberInput
        label="Lowest"
        off={off}
        error={editor.faults[`${place}/min`]}
        value={field.min}
        onChange={set("min")}
      />
      <NumberInput
        label="Highest"
        off={off}
        error={editor.faults[`${place}/max`]}
        value={field.max}
        onChange={set("max")}
      />
      {field.type === "rating" ? null : (
        <UnitField editor={editor} list={list} at={at} off={off} onSet={onSet} />
      )}
    </div>
  )
}

const none = ""

function Default({ editor, list, at, off, onSet }: DetailsProps) {
  const field = fieldIn(editor.model.entities[list], at)
  const place = `entities/${list}/fields/${at}/default`
  const error = editor.faults[place]
  const set = (value: ModelField["default"]) => onSet({ default: value }, place)
  if (isNumeric(field.type)) {
    const value = typeof field.default === "number" ? field.default : undefined
    return <NumberInput label="Begins as" off={off} error={error} value={value} onChange={set} />
  }
  const options =
    field.type === "flag"
      ? [
          { value: none, label: "No" },
          { value: "yes", label: "Yes" },
        ]
      : field.type === "choice"
        ? [none, ...(field.choices ?? [])].map((value) => ({ value, label: value || "Nothing" }))
        : undefined
  if (options) {
    const value = field.default === true ? "yes" : String(field.default || none)
    const chosen = (text: string) =>
      field.type === "flag" ? text === "yes" || undefined : text || undefined
    return (
      <Field label="Begins as" error={error}>
        {(control) => (
          <Select
            {...control}
            value={value}
            options={options}
            off={off}
            onChange={(text) => set(chosen(text))}
          />
        )}
      </Field>
    )
  }
  return (
    <TextField
      label="Begins as"
      help={helps[field.type] ?? "What a new record begins with; empty for nothing."}
      disabled={off !== undefined}
      autoComplete="off"
      error={error}
      value={String(field.default ?? "")}
      onChange={({ target }) => set(target.value || undefined)}
    />
  )
}

const helps: Partial<Record<ModelField["type"], string>> = {
  date: "A date like 2026-03-31, or today; empty for nothing.",
  datetime: "A day and time like 2026-03-31T18:30; empty for nothing.",
  time: "A time like 18:30; empty for nothing.",
  color: "A colour like #3366cc; empty for nothing.",
}
