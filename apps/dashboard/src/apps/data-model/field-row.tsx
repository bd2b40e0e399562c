"use client"
import type { Field as ModelField } from "@vibecaas/contract/data-model"
import { Settings2, Trash2 } from "lucide-react"
import { useId, useState } from "react"
import { Button } from "../../ui/button.tsx"
import { Checkbox } from "../../ui/checkbox.tsx"
import { Field, TextField } from "../../ui/field.tsx"
import { Select } from "../../ui/select.tsx"
import { type FieldProps, fieldIn } from "./editor-props.ts"
import { FieldDetails } from "./field-details.tsx"
import { MoveButtons } from "./list-picker.tsx"
import { move, removeField, retype } from "./model-edits.ts"
import { typeOptions } from "./model-words.ts"
import type { ModelEdits } from "./use-model-edits.ts"

/** One field: its name, its type, whether it is needed; the rest when it is asked for. */
export function FieldRow({ editor, list, at, off }: FieldProps) {
  const { model, edit, faults } = editor
  const entity = model.entities[list]
  const field = fieldIn(entity, at)
  const place = `entities/${list}/fields/${at}`
  const hasFault = Object.keys(faults).some((path) => path.startsWith(`${place}/`))
  const isBare = ["choice", "reference", "references", "computed"].includes(field.type)
  const [wanted, setWanted] = useState<boolean>()
  const isOpen = wanted ?? (hasFault || (isBare && isNew(editor, list, field)))
  const id = useId()
  const set = (more: Partial<ModelField>, part?: string) =>
    edit((next) => void Object.assign(fieldIn(next.entities[list], at), more), part)
  return (
    <li className="grid gap-3 border-b border-line px-4 py-3 last:border-b-0">
      <div className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)_auto] items-start gap-3 max-md:grid-cols-[minmax(0,1fr)]">
        <TextField
          label="Field"
          autoComplete="off"
          disabled={off !== undefined}
          error={faults[`${place}/label`] ?? faults[`${place}/name`]}
          value={field.label}
          onChange={(event) => set({ label: event.target.value }, `${place}/label`)}
        />
        <Field label="Type" error={faults[`${place}/type`]}>
          {(control) => (
            <Select
              {...control}
              value={field.type}
              options={typeOptions}
              off={off}
              onChange={(type) =>
                edit((next) => retype(next, fieldIn(next.entities[list], at), type))
              }
            />
          )}
        </Field>
        <div className="flex flex-wrap items-center gap-0.5 pt-6 max-md:pt-0">
          <Button
            kind="ghost"
            size="sm"
            icon
            aria-label={`Details of ${field.label}`}
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setWanted(!isOpen)}
          >
            <Settings2 aria-hidden="true" />
          </Button>
          <MoveButtons
            what={field.label}
            at={at}
            of={entity?.fields.length ?? 0}
            off={off}
            onMove={(by) => edit((next) => move(next.entities[list]?.fields ?? [], at, by))}
          />
          <Button
            kind="ghost"
            size="sm"
            icon
            aria-label={`Remove field ${field.label}`}
            off={
              off ?? (entity?.fields.length === 1 ? "A list has at least one field." : undefined)
            }
            onClick={() =>
              edit((next) => {
                const from = next.entities[list]
                if (from) removeField(next, from, field.name)
              })
            }
          >
            <Trash2 aria-hidden="true" />
          </Button>
        </div>
      </div>
      <div id={id} hidden={!isOpen}>
        {isOpen ? (
          <div className="grid gap-3 border-l-2 border-line-2 pl-4">
            <FieldDetails editor={editor} list={list} at={at} off={off} onSet={set} />
            {field.type === "computed" || field.type === "flag" ? null : (
              <Checkbox
                label="Has to be filled in"
                checked={field.required}
                off={off}
                onChange={(required) => set({ required })}
              />
            )}
            {faults[`${place}/required`] ? (
              <p role="alert" className="text-12 text-bad-fg">
                {faults[`${place}/required`]}
              </p>
            ) : null}
          </div>
        ) : null}
      </div>
    </li>
  )
}

function isNew({ base, model }: ModelEdits, list: number, field: ModelField): boolean {
  const plural = model.entities[list]?.plural
  const before = base.model.entities.find((entity) => entity.plural === plural)
  return !before?.fields.some(({ name }) => name === field.name)
}
