"use client"
import type { DataModel } from "@vibecaas/contract/data-model"
import { Undo2 } from "lucide-react"
import { useEffect, useState } from "react"
import { Button } from "../../ui/button.tsx"
import { TextField } from "../../ui/field.tsx"
import { Panel } from "../../ui/panel.tsx"
import { ListEditor } from "./list-editor.tsx"
import { ListPicker } from "./list-picker.tsx"
import { useModelEdits } from "./use-model-edits.ts"

interface ModelFieldProps {
  label: string
  /** the model to begin with */
  first: DataModel
  /** what is changed, where there is an app already */
  before?: DataModel | undefined
  error: string | undefined
  onChange(model: DataModel): void
}

/** A data model as a value: its lists and fields in the form in which people change them later. */
export function ModelField({ label, first, before, error, onChange }: ModelFieldProps) {
  const [base] = useState({ model: before ?? first, records: null })
  const edits = useModelEdits(base, first)
  const { model, changes, canUndo, edit, undo } = edits
  const [wanted, setWanted] = useState(() => firstChanged(base.model, first))
  useEffect(() => onChange(model), [model, onChange])
  const list = Math.max(
    0,
    model.entities.findIndex(({ plural }) => plural === wanted),
  )
  const chosen = model.entities[list]?.plural ?? ""
  return (
    <section aria-label={label} className="grid min-w-0 gap-4">
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-3">
        <TextField
          label="The app is called"
          autoComplete="off"
          maxLength={60}
          value={model.name}
          onChange={({ target }) =>
            edit((next) => void Object.assign(next, { name: target.value }), "name")
          }
        />
        <Button off={canUndo ? undefined : "There is nothing to undo."} onClick={undo}>
          <Undo2 aria-hidden="true" />
          Undo
        </Button>
      </div>
      {error ? (
        <p role="alert" className="text-13 text-bad-fg">
          {error}
        </p>
      ) : null}
      {before ? (
        <Panel title="What will change">
          <ul className="grid gap-2 p-4 text-13">
            {changes.map(({ says, records }) => (
              <li key={says} className="border-l-2 border-line-2 pl-3 [overflow-wrap:anywhere]">
                {says}
                {records ? (
                  <span className="block text-12 text-fg-3">Records {records.keeps}</span>
                ) : null}
              </li>
            ))}
            {changes.length === 0 ? (
              <li className="text-fg-2">Nothing of the data model.</li>
            ) : null}
          </ul>
        </Panel>
      ) : null}
      <ListPicker editor={edits} chosen={chosen} off={undefined} onChoose={setWanted} />
      <ListEditor key={chosen} editor={edits} list={list} off={undefined} />
    </section>
  )
}

/** The list that a change is about, so that it is in sight. */
function firstChanged(before: DataModel, now: DataModel): string {
  const changed = now.entities.find(
    (entity) =>
      JSON.stringify(entity) !==
      JSON.stringify(before.entities.find(({ plural }) => plural === entity.plural)),
  )
  return (changed ?? now.entities[0])?.plural ?? ""
}
