"use client"
import type { Entity, View } from "@vibecaas/contract/data-model"
import { unused } from "@vibecaas/contract/data-model-change"
import { Plus, Trash2 } from "lucide-react"
import { Button } from "../../ui/button.tsx"
import { Checkbox } from "../../ui/checkbox.tsx"
import { Field, TextField } from "../../ui/field.tsx"
import { Panel } from "../../ui/panel.tsx"
import { Select } from "../../ui/select.tsx"
import type { ListProps } from "./editor-props.ts"
import { MoveButtons } from "./list-picker.tsx"
import { move } from "./model-edits.ts"
import { viewOptions } from "./model-words.ts"

/** How a list is shown: its views, its order, and what its page offers to filter by. */
export function ViewsPanel({ editor, list, off }: ListProps) {
  const entity = editor.model.entities[list]
  if (!entity) return null
  const views = entity.views ?? []
  const edit = (recipe: (entity: Entity) => void, part?: string) =>
    editor.edit((next) => {
      const changed = next.entities[list]
      if (changed) recipe(changed)
    }, part)
  return (
    <Panel title="Views">
      <ul>
        {views.map((view, at) => (
          <ViewRow
            key={view.name}
            editor={editor}
            list={list}
            off={off}
            at={at}
            view={view}
            onEdit={edit}
          />
        ))}
      </ul>
      <div className="grid gap-4 p-4">
        {views.length === 0 ? (
          <p className="text-13 text-fg-2">A table, until you add a view.</p>
        ) : null}
        <div>
          <Button
            size="sm"
            off={off ?? (views.length >= 8 ? "A list has at most 8 views." : undefined)}
            onClick={() => edit(addView)}
          >
            <Plus aria-hidden="true" />
            Add view
          </Button>
        </div>
        <OrderOf entity={entity} off={off} onEdit={edit} />
        <FiltersOf entity={entity} off={off} onEdit={edit} />
      </div>
    </Panel>
  )
}

type Edits = (recipe: (entity: Entity) => void, part?: string) => void

function addView(entity: Entity): void {
  const views = entity.views ?? []
  const name = unused("view", new Set(views.map((view) => view.name)))
  entity.views = [
    ...views,
    { name, label: views.length === 0 ? "Table" : `View ${views.length + 1}`, kind: "table" },
  ]
}

interface ViewRowProps extends ListProps {
  at: number
  view: View
  onEdit: Edits
}

function ViewRow({ editor, list, off, at, view, onEdit }: ViewRowProps) {
  const entity = editor.model.entities[list]
  const place = `entities/${list}/views/${at}`
  const { faults } = editor
  const set = (more: Partial<View>, part?: string) =>
    onEdit((next) => void Object.assign(next.views?.[at] ?? {}, more), part)
  const pick = (types: readonly string[]) =>
    (entity?.fields ?? [])
      .filter(({ type }) => types.includes(type))
      .map(({ name, label }) => ({ value: name, label }))
  const dates = pick(["date", "datetime"])
  const choices = pick(["choice"])
  const by = view.kind === "board" ? choices : dates
  return (
    <li className="grid gap-3 border-b border-line p-4">
      <div className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)_auto] items-start gap-3 max-md:grid-cols-1">
        <TextField
          label="View"
          autoComplete="off"
          disabled={off !== undefined}
          error={faults[`${place}/label`]}
          value={view.label}
          onChange={({ target }) => set({ label: target.value }, `${place}/label`)}
        />
        <Field label="Shown as">
          {(control) => (
            <Select
              {...control}
              value={view.kind}
              options={viewOptions}
              off={off}
              onChange={(kind) => {
                const first =
                  kind === "board" ? choices[0] : kind === "calendar" ? dates[0] : undefined
                set({ kind, by: first?.value })
              }}
            />
          )}
        </Field>
        <div className="flex items-center gap-0.5 pt-6 max-md:pt-0">
          <MoveButtons
            what={`view ${view.label}`}
            at={at}
            of={entity?.views?.length ?? 0}
            off={off}
            onMove={(way) => onEdit((next) => move(next.views ?? [], at, way))}
          />
          <Button
            kind="ghost"
            size="sm"
            icon
            aria-label={`Remove view ${view.label}`}
            off={off}
            onClick={() =>
              onEdit((next) => {
                next.views = next.views?.filter((_, line) => line !== at)
                if (next.views?.length === 0) delete next.views
              })
            }
          >
            <Trash2 aria-hidden="true" />
          </Button>
        </div>
      </div>
      <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
        {view.kind === "board" || view.kind === "calendar" ? (
          <Field
            label={view.kind === "board" ? "Columns by" : "Days by"}
            error={faults[`${place}/by`]}
          >
            {(control) => (
              <Select
                {...control}
                value={view.by ?? ""}
                options={withNone(by, view.by, "Choose…")}
                off={off}
                onChange={(name) => set({ by: name || undefined })}
              />
            )}
          </Field>
        ) : null}
        <Field
          label="Counts"
          help="How many records have each value of a choice"
          error={faults[`${place}/counts`]}
        >
          {(control) => (
            <Select
              {...control}
              value={view.counts ?? ""}
              options={[{ value: "", label: "None" }, ...choices]}
              off={off}
              onChange={(name) => set({ counts: name || undefined })}
            />
          )}
        </Field>
        <OnlyWith entity={entity} view={view} off={off} onSet={set} />
      </div>
    </li>
  )
}

const withNone = (
  options: { value: string; label: string }[],
  value: string | undefined,
  label: string,
) =>
  options.some((option) => option.value === value) ? options : [{ value: "", label }, ...options]

interface OnlyWithProps {
  entity: Entity | undefined
  view: View
  off: string | undefined
  onSet(more: Partial<View>): void
}

/** Only records with a mark, a choice, or a date that is near: one filter of those that people ask for. */
function OnlyWith({ entity, view, off, onSet }: OnlyWithProps) {
  const options = (entity?.fields ?? []).flatMap(({ name, label, type, choices }) => {
    if (type === "flag") return [`${name}=yes|${label}: yes`, `${name}=no|${label}: no`]
    if (type === "choice")
      return (choices ?? []).map((choice) => `${name}=${choice}|${label}: ${choice}`)
    if (type !== "date" && type !== "datetime") return []
    return [
      `${name}=overdue|${label}: overdue`,
      `${name}=week|${label}: next 7 days`,
      `${name}=none|${label}: none`,
    ]
  })
  const [filter, ...more] = view.filter ?? []
  const value = filter ? `${filter.field}=${filter.is}` : ""
  const offered = options.map((text) => {
    const at = text.indexOf("|")
    return { value: text.slice(0, at), label: text.slice(at + 1) }
  })
  const other = offered.some((option) => option.value === value)
    ? []
    : [{ value, label: value || "All records" }]
  const all = value === "" ? other : [{ value: "", label: "All records" }, ...other]
  return (
    <Field
      label="Only"
      help={more.length > 0 ? `and ${more.length} more filters of app.json` : undefined}
    >
      {(control) => (
        <Select
          {...control}
          value={value}
          options={[...all, ...offered]}
          off={off}
          onChange={(chosen) => {
            const at = chosen.indexOf("=")
            const next = chosen ? [{ field: chosen.slice(0, at), is: chosen.slice(at + 1) }] : []
            const filters = [...next, ...more]
            onSet({ filter: filters.length > 0 ? filters : undefined })
          }}
        />
      )}
    </Field>
  )
}

interface OfEntityProps {
  entity: Entity
  off: string | undefined
  onEdit: Edits
}

function OrderOf({ entity, off, onEdit }: OfEntityProps) {
  const { sort } = entity
  const sortable = entity.fields.filter(
    ({ type }) => !["reference", "references", "color"].includes(type),
  )
  const options = sortable.flatMap(({ name, label }) => [
    { value: `${name} asc`, label: `${label}, upwards` },
    { value: `${name} desc`, label: `${label}, downwards` },
  ])
  return (
    <Field label="Order">
      {(control) => (
        <Select
          {...control}
          value={sort ? `${sort.field} ${sort.direction}` : ""}
          options={[{ value: "", label: "Newest first" }, ...options]}
          off={off}
          onChange={(chosen) =>
            onEdit((next) => {
              const [field = "", direction] = chosen.split(" ")
              if (chosen === "") delete next.sort
              else next.sort = { field, direction: direction === "desc" ? "desc" : "asc" }
            })
          }
        />
      )}
    </Field>
  )
}

function FiltersOf({ entity, off, onEdit }: OfEntityProps) {
  const offered = entity.fields.filter(({ type }) => !["long_text", "color"].includes(type))
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-13 font-medium">People can filter by</legend>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(150px,1fr))] gap-2">
        {offered.map(({ name, label }) => (
          <Checkbox
            key={name}
            label={label}
            checked={entity.filters.some(({ field }) => field === name)}
            off={off}
            onChange={(on) =>
              onEdit((next) => {
                const others = next.filters.filter(({ field }) => field !== name)
                next.filters = on ? [...others, { field: name }] : others
              })
            }
          />
        ))}
      </div>
    </fieldset>
  )
}
