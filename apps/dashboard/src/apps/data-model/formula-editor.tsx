"use client"
import type { DataModel, Entity, Field as ModelField } from "@vibecaas/contract/data-model"
import { isNumeric } from "@vibecaas/contract/data-model-parts"
import { Field } from "../../ui/field.tsx"
import { Note } from "../../ui/note.tsx"
import { Select } from "../../ui/select.tsx"
import { type DetailsProps, fieldIn } from "./editor-props.ts"
import { NumberInput } from "./number-input.tsx"
import { UnitField } from "./unit-field.tsx"

type Formula = NonNullable<ModelField["formula"]>

const kinds = [
  { value: "count", label: "How many records point here" },
  { value: "sum", label: "The sum of records that point here" },
  { value: "product", label: "Numbers multiplied" },
  { value: "difference", label: "One number minus another" },
  { value: "days_until", label: "Days until a date" },
] as const

/** What a computed field is computed from. */
export function FormulaEditor(props: DetailsProps) {
  const { editor, list, at, off, onSet } = props
  const { model, faults } = editor
  const entity = model.entities[list]
  const field = fieldIn(entity, at)
  const place = `entities/${list}/fields/${at}/formula`
  if (!entity) return null
  const start = (kind: Formula["kind"]) => {
    const made = begin(model, entity, { kind, field })
    onSet({ formula: made })
  }
  return (
    <div className="grid gap-3">
      <Field label="Computes" error={field.formula ? undefined : faults[place]}>
        {(control) => (
          <Select
            {...control}
            value={field.formula?.kind ?? ""}
            options={[...(field.formula ? [] : [{ value: "", label: "Choose…" }]), ...kinds]}
            off={off}
            onChange={(kind) => kind && start(kind as Formula["kind"])}
          />
        )}
      </Field>
      {field.formula ? <Parts {...props} formula={field.formula} entity={entity} /> : null}
      {field.formula && faults[place] ? <Note tone="bad">{faults[place]}</Note> : null}
      {field.formula?.kind === "days_until" ? null : <UnitField {...props} />}
    </div>
  )
}

type PartsProps = DetailsProps & { formula: Formula; entity: Entity }

function Parts(props: PartsProps) {
  const { formula } = props
  if (formula.kind === "count" || formula.kind === "sum")
    return <OverRelation {...props} formula={formula} />
  if (formula.kind === "days_until") {
    const dates = props.entity.fields.filter(({ type }) => type === "date" || type === "datetime")
    return (
      <Pick
        {...props}
        label="Until"
        value={formula.field}
        fields={dates}
        onPick={(field) => props.onSet({ formula: { ...formula, field } })}
      />
    )
  }
  return <OfNumbers {...props} formula={formula} />
}

function OverRelation({
  editor,
  entity,
  formula,
  off,
  onSet,
}: PartsProps & { formula: Extract<Formula, { kind: "count" | "sum" }> }) {
  const relations = relationsTo(editor.model, entity)
  const source = editor.model.entities.find(({ plural }) => plural === formula.of)
  return (
    <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
      <Field label="Of">
        {(control) => (
          <Select
            {...control}
            value={`${formula.of}.${formula.by}`}
            options={relations.map(({ of, by }) => ({
              value: `${of.plural}.${by.name}`,
              label: `${of.labelPlural} by ${by.label}`,
            }))}
            off={off}
            onChange={(chosen) => {
              const found = relations.find(({ of, by }) => `${of.plural}.${by.name}` === chosen)
              if (!found) return
              const next = { of: found.of.plural, by: found.by.name }
              const [number] = numbersOf(found.of)
              onSet({
                formula:
                  formula.kind === "sum"
                    ? { kind: "sum", ...next, field: number?.name ?? formula.field }
                    : { kind: "count", ...next },
              })
            }}
          />
        )}
      </Field>
      {formula.kind === "sum" && source ? (
        <Pick
          off={off}
          label="The sum of"
          value={formula.field}
          fields={numbersOf(source)}
          onPick={(field) => onSet({ formula: { ...formula, field } })}
        />
      ) : null}
    </div>
  )
}

function OfNumbers({
  entity,
  at,
  list,
  formula,
  off,
  editor,
  onSet,
}: PartsProps & { formula: Extract<Formula, { kind: "product" | "difference" }> }) {
  const own = fieldIn(entity, at).name
  const numbers = numbersOf(entity).filter(({ name }) => name !== own)
  const isProduct = formula.kind === "product"
  const put = (place: number, name: string) => {
    const fields = formula.fields.map((each, line) => (line === place ? name : each))
    if (place >= fields.length && name) fields.push(name)
    onSet({ formula: { ...formula, fields: fields.filter(Boolean) } })
  }
  const labels = isProduct ? ["Number", "Times"] : ["Number", "Minus"]
  return (
    <div className="grid grid-cols-3 gap-3 max-md:grid-cols-1">
      <Pick
        off={off}
        label={labels[0] ?? ""}
        value={formula.fields[0] ?? ""}
        fields={numbers}
        onPick={(name) => put(0, name)}
      />
      <Pick
        off={off}
        label={labels[1] ?? ""}
        value={formula.fields[1] ?? ""}
        fields={numbers}
        none={isProduct ? "Nothing more" : undefined}
        onPick={(name) => put(1, name)}
      />
      <NumberInput
        label="Times a constant"
        help="0.19 for a tax of 19 %"
        off={off}
        error={editor.faults[`entities/${list}/fields/${at}/formula/factor`]}
        value={formula.factor}
        onChange={(factor) => {
          const { factor: _, ...rest } = formula
          onSet(
            { formula: factor === undefined ? rest : { ...rest, factor } },
            `${list}/${at}/factor`,
          )
        }}
      />
    </div>
  )
}

interface PickProps {
  label: string
  value: string
  fields: readonly ModelField[]
  /** what choosing none is called, where one can */
  none?: string | undefined
  off: string | undefined
  onPick(name: string): void
}

function Pick({ label, value, fields, none, off, onPick }: PickProps) {
  const offered = fields.map((field) => ({ value: field.name, label: field.label }))
  const isKnown = offered.some((option) => option.value === value)
  const empty = none === undefined && isKnown ? [] : [{ value: "", label: none ?? "Choose…" }]
  return (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          value={isKnown ? value : ""}
          options={[...empty, ...offered]}
          off={off}
          onChange={onPick}
        />
      )}
    </Field>
  )
}

const numbersOf = ({ fields }: Entity) =>
  fields.filter(({ type }) => isNumeric(type) || type === "computed")

function relationsTo(model: DataModel, { plural }: Entity) {
  return model.entities.flatMap((of) =>
    of.fields.filter(({ to }) => to === plural).map((by) => ({ of, by })),
  )
}

/** A formula of a kind, with the first that fits in each place. */
function begin(
  model: DataModel,
  entity: Entity,
  { kind, field }: { kind: Formula["kind"]; field: ModelField },
): Formula {
  const [relation] = relationsTo(model, entity)
  const over = { of: relation?.of.plural ?? entity.plural, by: relation?.by.name ?? field.name }
  const numbers = numbersOf(entity).filter(({ name }) => name !== field.name)
  const names = numbers.map(({ name }) => name)
  const first = names[0] ?? field.name
  if (kind === "count") return { kind, ...over }
  if (kind === "sum") {
    const [number] = relation ? numbersOf(relation.of) : []
    return { kind, ...over, field: number?.name ?? field.name }
  }
  if (kind === "product") return { kind, fields: [first] }
  if (kind === "difference") return { kind, fields: [first, names[1] ?? first] }
  const date = entity.fields.find(({ type }) => type === "date" || type === "datetime")
  return { kind, field: date?.name ?? field.name }
}
