/** Tying one kind of record to another: "each pet belongs to an owner", "link visits to pets". */
import type { Entity } from "./blueprints/index.ts"
import type { Change } from "./change.ts"
import { freeColumn } from "./change-columns.ts"
import { findEntity, many, quoted } from "./change-find.ts"
import { referenceTo } from "./fit-spec.ts"
import { readNoun } from "./noun-phrase.ts"
import { identifier, plural, singular } from "./words.ts"

/** False when the words name no kind of record of this app. */
export function tie(change: Change, { of, to }: { of: string; to: string }): boolean {
  const { spec, notDone } = change
  const one = findEntity(of, spec)
  const owner = findEntity(to, spec)
  if (!one && !owner) return false
  if (one && owner && one !== owner) return point(change, { one, owner })
  const unknown = (one ? to : of).trim().toLowerCase()
  if (unknown.split(/\s+/).length > 2 || !readNoun(unknown)) return false
  const example = one
    ? `add a list of ${plural(singular(unknown))}; each ${one.label.toLowerCase()} belongs to ${article(unknown)}`
    : `add a list of ${plural(singular(unknown))} that belong to ${article((owner?.label ?? "").toLowerCase())}`
  if (one === owner)
    notDone.push(`Records of ${one ? many(one) : "one list"} cannot belong to each other.`)
  else notDone.push(`There is no list of ${plural(singular(unknown))} yet; “${example}” makes one.`)
  return true
}

/** A text field of that name gives way to the link; its column stays as it is. */
function point({ done, notDone }: Change, { one, owner }: { one: Entity; owner: Entity }): boolean {
  const there = one.fields.find(({ to }) => to === owner.plural)
  if (there) {
    notDone.push(`${one.labelPlural} have ${quoted(there.label)} already.`)
    return true
  }
  const old = one.fields.find(({ name }) => name === identifier(owner.name))
  const others = one.fields.filter((each) => each !== old)
  const field = referenceTo(owner, new Set(others.map(({ name }) => name)))
  const column = freeColumn(one, field.name)
  if (column !== field.name) field.column = column
  if (old) {
    one.retired = [...(one.retired ?? []), { column: old.column ?? old.name, field: old }]
    one.filters = one.filters.filter((filter) => filter.field !== old.name)
    if (one.sort?.field === old.name) delete one.sort
  }
  one.fields = [...others.slice(0, 1), field, ...others.slice(1)]
  one.filters.push({ field: field.name })
  const replaced = old ? "; what was typed there before stays on disk" : ""
  done.push(
    `Ties each ${one.label.toLowerCase()} to ${article(owner.label.toLowerCase())}${replaced}.`,
  )
  return true
}

function article(noun: string): string {
  const bare = singular(noun.replace(/^(?:an?|the|one|each|every|its|their) /, ""))
  return `${/^[aeiou]/.test(bare) ? "an" : "a"} ${bare}`
}
