/** Wishes to filter, sort, search, mark and suggest in an app that exists. */
import type { Entity } from "./blueprints/index.ts"
import type { Change } from "./change.ts"
import { introduced, inWords, many, quoted } from "./change-find.ts"
import { entityMeant, fitWish } from "./fit-wishes.ts"
import { markMeant, wishIn } from "./read-wishes.ts"

export function grantWish(change: Change, text: string): void {
  if (!wishIn(text) && !markMeant(text)) return
  const { spec, done, notDone } = change
  const before = structuredClone(spec.entities)
  const problem = fitWish(text, spec.entities)
  const said = spec.entities.flatMap((entity, index) => {
    const old = before[index]
    return old ? differences(old, entity) : []
  })
  const entity = entityMeant(text, spec.entities)
  if (problem && !/fixed rule/.test(problem)) notDone.push(problem)
  else if (said.length > 0) done.push(...said)
  else if (entity) notDone.push(...thereAlready(text, entity))
}

function differences(old: Entity, now: Entity): string[] {
  const label = (name: string) =>
    quoted(now.fields.find((field) => field.name === name)?.label ?? name.replaceAll("_", " "))
  const fields = now.fields.filter(({ name }) => !old.fields.some((each) => each.name === name))
  const filters = now.filters.filter(
    ({ field }) => !old.filters.some((each) => each.field === field),
  )
  const sorted = now.sort && JSON.stringify(now.sort) !== JSON.stringify(old.sort)
  const suggests =
    now.suggestion && JSON.stringify(now.suggestion) !== JSON.stringify(old.suggestion)
  return [
    fields.length > 0 ? `Adds ${inWords(fields.map(introduced))} to ${many(now)}.` : "",
    filters.length > 0
      ? `Adds a filter by ${inWords(filters.map(({ field }) => label(field)))} to the page of ${many(now)}.`
      : "",
    sorted && now.sort ? `Sorts ${many(now)} by ${label(now.sort.field)}, ${orderOf(now)}.` : "",
    suggests
      ? `Adds a suggestion to the page of ${many(now)}: a fixed rule over your own records, not a model.`
      : "",
  ].filter((sentence) => sentence !== "")
}

/** "A to Z", "latest first" */
function orderOf({ sort, fields }: Entity): string {
  const type = fields.find(({ name }) => name === sort?.field)?.type ?? "text"
  const down = sort?.direction === "desc"
  if (type.startsWith("date") || type === "time") return down ? "latest first" : "earliest first"
  const numbers = ["whole_number", "decimal", "money", "rating"].includes(type)
  if (numbers) return down ? "highest first" : "lowest first"
  return down ? "Z to A" : "A to Z"
}

/** Searching is always there; a filter or order may be. */
function thereAlready(text: string, entity: Entity): string[] {
  const name = entity.labelPlural
  const said: Record<string, string> = {
    search: `${name} can be searched already: the box is above the list.`,
    filter: `${name} have that filter already.`,
    sort: entity.sort
      ? `${name} are in that order already.`
      : `${name} are in that order already: the newest comes first.`,
    mark: `${name} can be marked like that already.`,
  }
  const sentence = said[wishIn(text) ?? (markMeant(text) ? "mark" : "")]
  return sentence ? [sentence] : []
}
