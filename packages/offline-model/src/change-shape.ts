/** Whether a field is needed, what it holds, and what it offers to choose from. */
import type { Change } from "./change.ts"
import { freeColumn } from "./change-columns.ts"
import { type Found, findField, holds, inWords, many, missing, quoted } from "./change-find.ts"
import { typeNamed } from "./field-types.ts"
import { splitItems } from "./lists.ts"
import { type FieldDraft, readField } from "./read-field.ts"

export function changeNeeded(
  { spec, done, notDone }: Change,
  { list, needed }: { list: string; needed: boolean },
): void {
  const how = needed ? "required" : "optional"
  const made: string[] = []
  const all = /^(?:all|all the|every|everything)(?: of them| fields?)?$|^fields?$/i.test(
    list.trim(),
  )
  const items = all
    ? spec.entities.flatMap((each) =>
        each.fields
          .filter(({ type }) => type !== "flag")
          .map(({ label }) => `${label} of ${many(each)}`),
      )
    : splitItems(list)
  for (const item of findField(list, spec) ? [list] : items) {
    const found = findField(item, spec)
    if (!found) notDone.push(missing(item, spec))
    else if (found.field.type === "flag" && needed)
      notDone.push(`${quoted(found.field.label)} is a checkbox, which always says yes or no.`)
    else if (found.field.required === needed)
      notDone.push(`${quoted(found.field.label)} is ${how} already.`)
    else {
      found.field.required = needed
      made.push(quoted(found.field.label))
    }
  }
  if (made.length > 0) done.push(`Makes ${inWords(made)} ${how}.`)
}

export function changeChoices(
  { spec, done, notDone }: Change,
  { values, field }: { values: string; field: string },
): void {
  const choiceFields = spec.entities.flatMap((entity) =>
    entity.fields.filter((each) => each.type === "choice").map((each) => ({ entity, field: each })),
  )
  const found =
    (field ? findField(field, spec) : undefined) ??
    (choiceFields.length === 1 ? choiceFields[0] : undefined)
  const choices = found?.field.choices
  if (!found || !choices) {
    if (found)
      notDone.push(
        `${quoted(found.field.label)} holds ${holds(found.field)} and has nothing to choose from; “change ${found.field.label.toLowerCase()} to a choice of new, used” would give it some.`,
      )
    else if (field) notDone.push(missing(field, spec))
    return
  }
  const asked = splitItems(values).map((value) => value.replace(/^["']|["']$/g, "").slice(0, 60))
  const added = asked.filter((value) => !choices.includes(value))
  found.field.choices = [...choices, ...added].slice(0, 30)
  if (added.length > 0)
    done.push(
      `Adds ${inWords(added.map((value) => `“${value}”`))} to what ${quoted(found.field.label)} offers.`,
    )
  else
    notDone.push(
      `${quoted(found.field.label)} offers ${inWords(asked.map((value) => `“${value}”`))} already.`,
    )
}

/** "pages must be between 1 and 2000", "limit rating to 10" */
export function changeBounds(
  { spec, done }: Change,
  { name, range }: { name: string; range: string },
): void {
  const field = findField(name, spec)?.field
  if (!field || !["whole_number", "decimal", "money", "rating"].includes(field.type)) return
  const [first, second] = [...range.matchAll(/(?<![\d.])-?\d+(?:\.\d+)?/g)].map(Number)
  if (first === undefined) return
  if (second !== undefined) {
    field.min = Math.min(first, second)
    field.max = Math.max(first, second)
  } else if (/^(?:at least|no less)/i.test(range)) field.min = first
  else field.max = first
  const limits = [
    field.min === undefined ? "" : `at least ${field.min}`,
    field.max === undefined ? "" : `at most ${field.max}`,
  ].filter((limit) => limit !== "")
  done.push(`Lets ${quoted(field.label)} be ${inWords(limits)}.`)
}

/** "remove paused from status": false when the words name no such choice. */
export function removeChoice(
  { spec, done, notDone }: Change,
  { values, field }: { values: string; field: string },
): boolean {
  const found = findField(field, spec)
  const choices = found?.field.choices
  if (!found || !choices) return false
  const gone = splitItems(values).map((value) =>
    value
      .replace(/^(?:the )?(?:option |choice |value )?["']?|["']?(?: option| choice| value)?$/gi, "")
      .toLowerCase(),
  )
  const left = choices.filter((choice) => !gone.includes(choice.toLowerCase()))
  if (left.length === choices.length) return false
  if (left.length === 0) {
    notDone.push(`${quoted(found.field.label)} must offer something, so its choices stay.`)
    return true
  }
  found.field.choices = left
  done.push(
    `Takes ${inWords(gone.map((value) => `“${value}”`))} out of what ${quoted(found.field.label)} offers.`,
  )
  return true
}

/** Like `changeChoices`, but says nothing when the words name no field with choices. */
export function addToChoice(
  change: Change,
  { values, field }: { values: string; field: string },
): void {
  const found = findField(field, change.spec)
  if (found?.field.type === "choice") changeChoices(change, { values, field })
}

export function changeType(change: Change, { name, type }: { name: string; type: string }): void {
  const { spec, notDone } = change
  const found = findField(name.replace(/^type of (?:the )?/i, ""), spec)
  if (!found) {
    notDone.push(missing(name, spec))
    return
  }
  const shape = type.replace(
    /^(?:choice|dropdown|select|list)(?: (?:of|with|between|from))?:?\s*/i,
    "",
  )
  const draft = readField(`${found.field.label} (${shape})`)
  const chosen = /^(?:choice|drop-?down|select|list)\b/i.test(type)
  const wanted = chosen ? "choice" : (typeNamed(type, found.field.label) ?? draft?.type)
  if (!draft || !wanted || wanted === "reference") return
  if (wanted === "choice" && !draft.choices) {
    notDone.push(
      `A choice needs something to choose from: “change ${found.field.label.toLowerCase()} to a choice of new, used”.`,
    )
    return
  }
  reshape(change, found, { ...draft, type: wanted })
}

/** The values that make sense in the new type are taken over; the old column stays. */
export function reshape(
  { done, notDone }: Change,
  { entity, field }: Found,
  draft: FieldDraft,
): void {
  const old = field.column ?? field.name
  const { words: _, label: __, required: ___, ...shape } = draft
  const same =
    shape.type === field.type && (shape.choices ?? []).join() === (field.choices ?? []).join()
  if (same && shape.min === field.min && shape.max === field.max) {
    notDone.push(`${quoted(field.label)} holds ${holds(field)} already.`)
    return
  }
  const column = freeColumn(entity, `${field.name}_${shape.type}`.slice(0, 36))
  const kept = { name: field.name, label: field.label, required: field.required }
  const next = { ...kept, ...shape, column, copyFrom: old }
  entity.retired = [...(entity.retired ?? []), { column: old, field }]
  entity.fields = entity.fields.map((each) => (each === field ? next : each))
  done.push(`Makes ${quoted(field.label)} ${holds(next)}; values that fit are taken over.`)
}
