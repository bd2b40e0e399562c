"use client"
import type { Entity, FieldType } from "@vibecaas/contract/data-model"
import { Plus } from "lucide-react"
import { type FormEvent, useState } from "react"
import { Button } from "../../ui/button.tsx"
import { Field, TextField } from "../../ui/field.tsx"
import { Panel } from "../../ui/panel.tsx"
import { Select } from "../../ui/select.tsx"
import type { ListProps } from "./editor-props.ts"
import { FieldRow } from "./field-row.tsx"
import { addField, bringBack, removedFields } from "./model-edits.ts"
import { audienceOptions, typeName, typeOptions } from "./model-words.ts"
import { ViewsPanel } from "./views-panel.tsx"

/** One list of the app: what it is called, its fields, how it is shown and for whom. */
export function ListEditor({ editor, list, off }: ListProps) {
  const entity = editor.model.entities[list]
  if (!entity) return null
  return (
    <div className="grid min-w-0 gap-6">
      <Fields editor={editor} list={list} off={off} />
      <ViewsPanel editor={editor} list={list} off={off} />
      <AccessPanel editor={editor} list={list} off={off} />
    </div>
  )
}

const setIn =
  ({ editor, list }: ListProps) =>
  (more: Partial<Entity>, part?: string) =>
    editor.edit((next) => void Object.assign(next.entities[list] ?? {}, more), part)

function Fields(props: ListProps) {
  const { editor, list, off } = props
  const entity = editor.model.entities[list]
  if (!entity) return null
  const place = `entities/${list}`
  const set = setIn(props)
  const removed = removedFields(entity)
  return (
    <Panel label={`Fields of ${entity.labelPlural}`} title={entity.labelPlural || "Without a name"}>
      <div className="grid grid-cols-2 gap-3 border-b border-line p-4 max-md:grid-cols-1">
        <TextField
          label="One record is called"
          autoComplete="off"
          disabled={off !== undefined}
          error={editor.faults[`${place}/label`]}
          value={entity.label}
          onChange={({ target }) => set({ label: target.value }, `${place}/label`)}
        />
        <TextField
          label="Several are called"
          autoComplete="off"
          disabled={off !== undefined}
          error={editor.faults[`${place}/labelPlural`] ?? editor.faults[`${place}/plural`]}
          value={entity.labelPlural}
          onChange={({ target }) => set({ labelPlural: target.value }, `${place}/labelPlural`)}
        />
      </div>
      <ul>
        {entity.fields.map((field, at) => (
          <FieldRow key={field.name} editor={editor} list={list} at={at} off={off} />
        ))}
      </ul>
      {off ? null : (
        <AddField
          onAdd={(given) =>
            editor.edit((next) => {
              const to = next.entities[list]
              if (to) addField(next, to, given)
            })
          }
        />
      )}
      {removed.length > 0 ? (
        <div className="grid gap-2 border-t border-line p-4">
          <h3 className="text-13 font-medium">Removed fields</h3>
          <p className="text-12 text-fg-3">Their values are kept on the app’s disk.</p>
          <ul className="grid gap-1.5">
            {removed.map(({ column, field }) => (
              <li key={column} className="flex flex-wrap items-center gap-2 text-13">
                <span className="min-w-0 [overflow-wrap:anywhere]">{field.label}</span>
                <span className="text-12 text-fg-3">{typeName(field.type)}</span>
                <Button
                  size="sm"
                  off={off}
                  aria-label={`Bring ${field.label} back`}
                  onClick={() =>
                    editor.edit((next) => {
                      const to = next.entities[list]
                      if (to) bringBack(to, column)
                    })
                  }
                >
                  Bring back
                </Button>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </Panel>
  )
}

function AddField({ onAdd }: { onAdd(given: { label: string; type: FieldType }): void }) {
  const [label, setLabel] = useState("")
  const [type, setType] = useState<FieldType>("text")
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!label.trim()) return
    onAdd({ label, type })
    setLabel("")
  }
  return (
    <form
      aria-label="Add a field"
      className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)_auto] items-end gap-3 border-t border-line bg-sunken p-4 max-md:grid-cols-1"
      onSubmit={submit}
    >
      <TextField
        label="New field"
        placeholder="Due date"
        autoComplete="off"
        maxLength={60}
        value={label}
        onChange={({ target }) => setLabel(target.value)}
      />
      <Field label="Type of the new field">
        {(control) => <Select {...control} value={type} options={typeOptions} onChange={setType} />}
      </Field>
      <Button type="submit" off={label.trim() ? undefined : "Say what the field is called."}>
        <Plus aria-hidden="true" />
        Add field
      </Button>
    </form>
  )
}

function AccessPanel(props: ListProps) {
  const { editor, list, off } = props
  const entity = editor.model.entities[list]
  const access = entity?.access ?? { read: "everybody", write: "everybody" }
  const set = setIn(props)
  return (
    <Panel
      title="Who may"
      footer="The app asks people to sign in where something is not for everybody. Its log has the code with which its owner is made, once."
    >
      <div className="grid grid-cols-2 gap-3 p-4 max-md:grid-cols-1">
        {(["read", "write"] as const).map((what) => (
          <Field key={what} label={what === "read" ? "See records" : "Add and change records"}>
            {(control) => (
              <Select
                {...control}
                value={access[what]}
                options={audienceOptions}
                off={off}
                onChange={(audience) => set({ access: { ...access, [what]: audience } })}
              />
            )}
          </Field>
        ))}
      </div>
    </Panel>
  )
}
