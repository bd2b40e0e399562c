/** What can be computed: which numbers a formula may use, and what kind of number it makes. */
import type { Audience, DataModel, Entity, Field, FieldType } from "./data-model.ts"
import { audiences, isNumeric } from "./data-model-parts.ts"

interface At {
  model: DataModel
  entity: Entity
  field: Field
}

export type NumberKind = "whole" | "decimal" | "money"

/** How deep computed fields may be computed from computed fields. */
const depthMax = 4

export const numberKind = (type: FieldType): NumberKind =>
  type === "money" ? "money" : type === "decimal" ? "decimal" : "whole"

/** What is wrong with a field's formula, in words; undefined when it can be computed. */
export function formulaProblem(at: At): string | undefined {
  const { model, entity, field } = at
  const { formula } = field
  if (!formula) return undefined
  if (formula.kind === "days_until") {
    const type = entity.fields.find(({ name }) => name === formula.field)?.type
    return type === "date" || type === "datetime"
      ? undefined
      : "Count the days until a date of this list."
  }
  if (formula.kind === "count" || formula.kind === "sum") {
    const source = model.entities.find(({ plural }) => plural === formula.of)
    const by = source?.fields.find(({ name }) => name === formula.by)
    if (!source || !by || by.to !== entity.plural)
      return `Choose a relation of another list that points at ${entity.labelPlural}.`
    if (stricter(source.access?.read, entity.access?.read))
      return `It would show something of ${source.labelPlural} to people who may not see those.`
  }
  const wrong = operandsOf(at).find((operand) => !operand || !isNumber(operand.field))
  if (wrong === undefined && operandsOf(at).includes(undefined))
    return "Choose numbers to compute with."
  if (wrong) return `${wrong.field.label} is not a number.`
  return depthOf(at, 1) > depthMax
    ? "It is computed from itself, or from too many others."
    : undefined
}

const isNumber = (field: Field) => isNumeric(field.type) || field.type === "computed"

const stricter = (one: Audience = "everybody", other: Audience = "everybody") =>
  audiences.indexOf(one) > audiences.indexOf(other)

/** The fields that a formula computes with; undefined for one that is not there. */
function operandsOf({ model, entity, field: { formula } }: At): (At | undefined)[] {
  if (!formula || formula.kind === "count" || formula.kind === "days_until") return []
  const of =
    formula.kind === "sum" ? model.entities.find(({ plural }) => plural === formula.of) : entity
  const names = formula.kind === "sum" ? [formula.field] : formula.fields
  return names.map((name) => {
    const field = of?.fields.find((each) => each.name === name)
    return of && field ? { model, entity: of, field } : undefined
  })
}

function depthOf(at: At, depth: number): number {
  if (depth > depthMax || at.field.type !== "computed") return depth
  const below = operandsOf(at).map((operand) => (operand ? depthOf(operand, depth + 1) : depth))
  return Math.max(depth, ...below)
}

/** What kind of number a field holds; money as soon as money is computed with. */
export function kindOfNumber(at: At, depth = 0): NumberKind {
  const { type, formula } = at.field
  if (type !== "computed" || !formula || depth > depthMax) return numberKind(type)
  const kinds = operandsOf(at).map((each) => (each ? kindOfNumber(each, depth + 1) : "whole"))
  if (kinds.includes("money")) return "money"
  const factor = "factor" in formula ? (formula.factor ?? 1) : 1
  return kinds.includes("decimal") || !Number.isInteger(factor) ? "decimal" : "whole"
}
