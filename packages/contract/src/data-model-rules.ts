/** What the parts of a data model must be like together. Each breach is said at the part that can mend it. */
import type { DataModel, Entity, Field, View } from "./data-model.ts"
import { formulaProblem, numberKind } from "./data-model-formulas.ts"
import { columnOf, isNumeric, tableOf } from "./data-model-parts.ts"

/** Names that mean something to JavaScript, SQL, the app's addresses or its records. */
export const reservedNames: ReadonlySet<string> = new Set(
  "id created_at updated_at rowid oid _rowid_ q constructor prototype hasownproperty tostring valueof isprototypeof tolocalestring propertyisenumerable proto api public healthz new edit delete toggle suggestion app sqlite_sequence sqlite_master".split(
    " ",
  ),
)

export interface Problem {
  /** where in the model, as in a JSON pointer: `["entities", 0, "fields", 2, "choices"]` */
  path: (string | number)[]
  message: string
}

/** Everything that is wrong with a model of the right shape; empty when it can be used. */
export function problemsOf(model: DataModel): Problem[] {
  return model.entities.flatMap((entity, at) => {
    const path = ["entities", at]
    const others = model.entities.slice(0, at)
    const say = (part: string, message: string) => ({ path: [...path, part], message })
    const names: Problem[] = []
    if (isReserved(entity.plural)) names.push(say("plural", `“${entity.plural}” cannot be used.`))
    if (others.some(({ plural }) => plural === entity.plural))
      names.push(say("plural", "Another list is called this already."))
    else if (others.some((other) => tableOf(other) === tableOf(entity)))
      names.push(say("plural", "Another list has its table already."))
    return [...names, ...ofEntity(model, entity, path)]
  })
}

function ofEntity(model: DataModel, entity: Entity, path: Problem["path"]): Problem[] {
  const problems: Problem[] = entity.fields.flatMap((field, at) =>
    [...namesOf(entity, at), ...ofField({ model, entity, field })].map((problem) => ({
      path: [...path, "fields", at, ...problem.path],
      message: problem.message,
    })),
  )
  const has = (name: string | undefined) => entity.fields.some((field) => field.name === name)
  const say = (where: Problem["path"], message: string) =>
    problems.push({ path: [...path, ...where], message })
  if (entity.fields.every(({ type }) => type === "computed"))
    say(["fields"], "Give it at least one field that is not computed.")
  for (const [at, { field }] of entity.filters.entries())
    if (!has(field)) say(["filters", at], "This field is not there any more.")
  if (entity.sort && !has(entity.sort.field)) say(["sort"], "Order by a field of this list.")
  for (const [at, view] of (entity.views ?? []).entries())
    for (const problem of ofView(entity, view, at))
      say(["views", at, ...problem.path], problem.message)
  return problems
}

function* namesOf(entity: Entity, at: number): Generator<Problem> {
  const field = entity.fields[at]
  if (!field) return
  const before = entity.fields.slice(0, at)
  if (isReserved(field.name)) yield { path: ["name"], message: `“${field.name}” cannot be used.` }
  if (before.some(({ name }) => name === field.name))
    yield { path: ["name"], message: "Another field is called this already." }
  else if (
    isStored(field) &&
    before.filter(isStored).some((each) => columnOf(each) === columnOf(field))
  )
    yield { path: ["name"], message: "Another field has its column already." }
}

const isStored = ({ type }: Field) => type !== "computed"
const isReserved = (name: string) => reservedNames.has(name) || name.startsWith("sqlite_")

interface At {
  model: DataModel
  entity: Entity
  field: Field
}

function* ofField({ model, entity, field }: At): Generator<Problem> {
  const { type, choices, min, max, to, formula } = field
  const say = (part: string, message: string): Problem => ({ path: [part], message })
  if ((type === "choice") !== (choices !== undefined))
    yield say(
      "choices",
      type === "choice" ? "Say what can be chosen." : "Only a choice has choices.",
    )
  if (choices && new Set(choices).size < choices.length)
    yield say("choices", "Each choice can be there once.")
  if (min !== undefined && max !== undefined && min > max)
    yield say("max", "The highest value is below the lowest.")
  const points = type === "reference" || type === "references"
  if (points !== (to !== undefined))
    yield say("to", points ? "Say which list it points at." : "Only a relation points at a list.")
  else if (to !== undefined && !model.entities.some(({ plural }) => plural === to))
    yield say("to", "That list is not there any more.")
  if (type === "reference" && field.required && neededBefore(model, to).has(entity.plural))
    yield say("required", "No record could ever be the first: these lists need each other.")
  if ((type === "computed") !== (formula !== undefined))
    yield say(
      "formula",
      type === "computed" ? "Say what is computed." : "Only a computed field has a formula.",
    )
  if (type === "computed" && field.required)
    yield say("required", "A computed field is filled in by itself.")
  const computed = formulaProblem({ model, entity, field })
  if (computed) yield say("formula", computed)
  const wrong = defaultProblem(field)
  if (wrong) yield say("default", wrong)
}

function* ofView(entity: Entity, view: View, at: number): Generator<Problem> {
  const typeOf = (name: string | undefined) =>
    entity.fields.find((field) => field.name === name)?.type
  if ((entity.views ?? []).slice(0, at).some(({ name }) => name === view.name))
    yield { path: ["label"], message: "Another view is called this already." }
  if (view.kind === "board" && typeOf(view.by) !== "choice")
    yield { path: ["by"], message: "A board needs a choice, whose values are its columns." }
  if (view.kind === "calendar" && !["date", "datetime"].includes(typeOf(view.by) ?? ""))
    yield { path: ["by"], message: "A calendar needs a date." }
  if (view.counts !== undefined && typeOf(view.counts) !== "choice")
    yield { path: ["counts"], message: "Count the values of a choice." }
  for (const { field } of view.filter ?? [])
    if (!typeOf(field))
      yield { path: ["filter"], message: "Its filter names a field that is not there." }
  if (view.sort && !typeOf(view.sort.field))
    yield { path: ["sort"], message: "Order by a field of this list." }
}

/** The plurals that must hold a record before `plural` can, with itself. */
export function neededBefore(model: DataModel, plural: string | undefined): Set<string> {
  const reached = new Set(plural === undefined ? [] : [plural])
  for (const each of reached) {
    const entity = model.entities.find((other) => other.plural === each)
    for (const field of entity?.fields ?? [])
      if (field.required && field.type === "reference" && field.to) reached.add(field.to)
  }
  return reached
}

const forms: Partial<Record<Field["type"], [RegExp, string]>> = {
  date: [/^(today|\d{4}-\d{2}-\d{2})$/, "Use a date like 2026-03-31, or today."],
  datetime: [/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, "Use a day and time like 2026-03-31T18:30."],
  time: [/^([01]\d|2[0-3]):[0-5]\d$/, "Use a time like 18:30."],
  email: [/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "Use an e-mail address."],
  url: [/^https?:\/\/\S+$/, "Use an address that starts with https://."],
  phone: [/^\+?[\d\s()./-]{3,40}$/, "Use a phone number."],
  color: [/^#[0-9a-f]{6}$/i, "Use a colour like #3366cc."],
}

function defaultProblem(field: Field): string | undefined {
  const { type, default: value, min = -1e12, max = 1e12 } = field
  if (value === undefined) return undefined
  if (["reference", "references", "computed"].includes(type)) return "This type has no default."
  if (type === "flag") return typeof value === "boolean" ? undefined : "Use yes or no."
  if (isNumeric(type)) {
    if (typeof value !== "number") return "Use a number."
    if (value < min || value > max) return "The default is outside the bounds."
    if (numberKind(type) === "whole" && !Number.isInteger(value)) return "Use a whole number."
    const cents = value * 100
    return type === "money" && Math.abs(cents - Math.round(cents)) > 1e-6
      ? "Use at most two decimals."
      : undefined
  }
  if (typeof value !== "string" || value === "") return "Use text."
  if (type === "choice")
    return field.choices?.includes(value) ? undefined : "Use one of its choices."
  const [form, sentence] = forms[type] ?? []
  if (form && !form.test(value)) return sentence
  return type === "text" && value.length > 200 ? "Use at most 200 characters." : undefined
}
