/** The order of the fields on the page: "put author first", "move pages after title". */
import type { Change } from "./change.ts"
import { type Found, findField, many, missing, quoted } from "./change-find.ts"

/** False when the words name no field, so that something else is meant. */
export function moveField(
  change: Change,
  { name, where, beside }: { name: string; where: string; beside?: string | undefined },
): boolean {
  const { spec, done, notDone } = change
  const found = findField(name, spec)
  if (!found) return false
  const at = beside === undefined ? undefined : findField(beside, spec)
  if (beside !== undefined && at?.entity !== found.entity) {
    notDone.push(missing(beside, spec))
    return true
  }
  const after = /^(?:after|below|behind|under|next to|right after)$/i.test(where)
  const order = found.entity.fields.filter((each) => each !== found.field)
  order.splice(placeIn(order, { at, after, where }), 0, found.field)
  found.entity.fields = order
  done.push(
    `Puts ${quoted(found.field.label)} ${at ? `${after ? "after" : "before"} ${quoted(at.field.label)}` : endOf(where)} in ${many(found.entity)}.`,
  )
  return true
}

function placeIn(
  order: Found["field"][],
  { at, after, where }: { at: Found | undefined; after: boolean; where: string },
): number {
  if (at) return order.indexOf(at.field) + (after ? 1 : 0)
  return endOf(where) === "last" ? order.length : 0
}

function endOf(where: string): "first" | "last" {
  return /^(?:last|end|bottom|back)$/i.test(where) ? "last" : "first"
}
