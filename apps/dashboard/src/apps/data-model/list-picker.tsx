"use client"
import type { DataModel } from "@vibecaas/contract/data-model"
import { ChevronDown, ChevronUp, Plus, Trash2 } from "lucide-react"
import { type FormEvent, useState } from "react"
import { Button } from "../../ui/button.tsx"
import { cn } from "../../ui/cn.ts"
import { TextField } from "../../ui/field.tsx"
import { Panel } from "../../ui/panel.tsx"
import { addEntity, move, removeEntity } from "./model-edits.ts"
import { countOf } from "./model-words.ts"
import type { ModelEdits } from "./use-model-edits.ts"

interface ListPickerProps {
  editor: ModelEdits
  /** plural of the list that is shown */
  chosen: string
  off: string | undefined
  onChoose(plural: string): void
}

/** The lists of the app in their order; one of them is being edited. */
export function ListPicker({ editor, chosen, off, onChoose }: ListPickerProps) {
  const { model, edit, base } = editor
  return (
    <Panel title="Lists">
      <ul className="grid p-1.5">
        {model.entities.map((entity, at) => (
          <li key={entity.plural} className="flex items-center gap-0.5">
            <button
              type="button"
              aria-pressed={entity.plural === chosen}
              onClick={() => onChoose(entity.plural)}
              className={cn(
                "min-h-9 min-w-0 flex-1 truncate rounded-2 px-2.5 text-left text-13",
                entity.plural === chosen
                  ? "bg-active font-medium text-fg"
                  : "text-fg-2 hover:bg-hover",
              )}
            >
              {entity.labelPlural || "Without a name"}{" "}
              <span className="ml-0.5 text-12 font-normal text-fg-3">
                {countOf(base.records, entity.plural)}
              </span>
            </button>
            <MoveButtons
              what={entity.labelPlural}
              at={at}
              of={model.entities.length}
              off={off}
              onMove={(by) => edit((next) => move(next.entities, at, by))}
            />
            <Button
              kind="ghost"
              size="sm"
              icon
              aria-label={`Remove list ${entity.labelPlural}`}
              off={
                off ?? (model.entities.length === 1 ? "An app keeps at least one list." : undefined)
              }
              onClick={() => edit((next) => removeEntity(next, entity.plural))}
            >
              <Trash2 aria-hidden="true" />
            </Button>
          </li>
        ))}
      </ul>
      {off ? null : (
        <AddList
          onAdd={(given) => {
            const probe = structuredClone(model)
            onChoose(addEntity(probe, given).plural)
            edit((next: DataModel) => void addEntity(next, given))
          }}
        />
      )}
    </Panel>
  )
}

function AddList({ onAdd }: { onAdd(given: { label: string; labelPlural: string }): void }) {
  const [label, setLabel] = useState("")
  const [labelPlural, setPlural] = useState("")
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!label.trim() || !labelPlural.trim()) return
    onAdd({ label, labelPlural })
    setLabel("")
    setPlural("")
  }
  return (
    <form aria-label="Add a list" className="grid gap-2 border-t border-line p-3" onSubmit={submit}>
      <TextField
        label="One record"
        placeholder="Customer"
        autoComplete="off"
        maxLength={60}
        value={label}
        onChange={(event) => setLabel(event.target.value)}
      />
      <TextField
        label="Several"
        placeholder="Customers"
        autoComplete="off"
        maxLength={60}
        value={labelPlural}
        onChange={(event) => setPlural(event.target.value)}
      />
      <Button
        type="submit"
        size="sm"
        off={
          label.trim() && labelPlural.trim()
            ? undefined
            : "Say what one record and several are called."
        }
      >
        <Plus aria-hidden="true" />
        Add list
      </Button>
    </form>
  )
}

interface MoveButtonsProps {
  what: string
  at: number
  of: number
  off: string | undefined
  onMove(by: -1 | 1): void
}

/** One up or down in an order, by mouse and by keyboard alike. */
export function MoveButtons({ what, at, of, off, onMove }: MoveButtonsProps) {
  return (
    <>
      <Button
        kind="ghost"
        size="sm"
        icon
        aria-label={`Move ${what} up`}
        off={off ?? (at === 0 ? "It is the first." : undefined)}
        onClick={() => onMove(-1)}
      >
        <ChevronUp aria-hidden="true" />
      </Button>
      <Button
        kind="ghost"
        size="sm"
        icon
        aria-label={`Move ${what} down`}
        off={off ?? (at === of - 1 ? "It is the last." : undefined)}
        onClick={() => onMove(1)}
      >
        <ChevronDown aria-hidden="true" />
      </Button>
    </>
  )
}
