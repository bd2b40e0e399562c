/** Finding what a follow-up speaks of: a field, a kind of record; and the words to say them back. */
import type { AppSpec, Entity, Field } from "./blueprints/index.ts"
import { identifier, singular } from "./words.ts"

export interface Found {
  entity: Entity
  field: Field
}

const articles = /^(?:(?:the|its|their|my|our|a|an|each|every|all(?: of)?(?: the)?|this|that)\s+)+/i
const fieldWords =
  /\s+(?:field|column|property|attribute|filter|flag|check ?box|drop-?down|input|box|value)s?$/i

/** The field that words like "the pages field of books" mean. */
export function findField(spoken: string, spec: AppSpec): Found | undefined {
  const said = spoken.replace(articles, "").trim()
  const bare = said.replace(fieldWords, "")
  return named(said, spec) ?? (bare === said ? undefined : named(bare, spec))
}

function named(bare: string, spec: AppSpec): Found | undefined {
  const owned = bare.match(
    /^(.+?)\s+(?:of|from|in|on|for)\s+(?:the |each |every |all |my |our |an? )?(.+)$/i,
  )
  const owner = owned?.[2] ? findEntity(owned[2], spec) : undefined
  const words = (owner && owned?.[1] ? owned[1] : bare).replace(fieldWords, "")
  const names = new Set([words, singular(words)].flatMap((each) => [identifier(each)]))
  for (const entity of owner ? [owner] : spec.entities) {
    const field = entity.fields.find((each) =>
      [each.name, each.label, singular(each.label)].some((name) => names.has(identifier(name))),
    )
    if (field) return { entity, field }
  }
  return words.includes(" ") ? findInside(words, owner ? [owner] : spec.entities) : undefined
}

/** "book pages" → pages of books. */
function findInside(words: string, entities: Entity[]): Found | undefined {
  for (const entity of entities) {
    const low = words.toLowerCase()
    const [one, many] = [entity.label.toLowerCase(), entity.labelPlural.toLowerCase()]
    const lead = [`${one}'s `, `${many}' `, `${one} `, `${many} `].find((each) =>
      low.startsWith(each),
    )
    const field = lead
      ? entity.fields.find((each) => each.name === identifier(low.slice(lead.length)))
      : undefined
    if (field) return { entity, field }
  }
  return undefined
}

/** The kind of record that words name and nothing else: "the list of visits", "all pets". */
export function findEntity(spoken: string, spec: AppSpec): Entity | undefined {
  const bare = spoken
    .replace(/["']/g, "")
    .trim()
    .replace(articles, "")
    .replace(/^(?:entity|table|kind|type|list) (?=\p{L}+$)/iu, "")
    .replace(
      /^(?:whole |entire )?(?:list|table|section|page|tab|kind|collection)s? (?:of|for|with) /i,
      "",
    )
    .replace(articles, "")
    .replace(/\s+(?:list|table|section|page|tab|records?|entries|entity|form)$/i, "")
  const wanted = new Set([identifier(bare), identifier(singular(bare))])
  if (bare === "") return undefined
  return spec.entities.find((entity) =>
    [entity.name, entity.plural, entity.label, entity.labelPlural].some((name) =>
      wanted.has(identifier(name)),
    ),
  )
}

/** The first kind of record that a sentence mentions. */
export function entityIn(text: string, spec: AppSpec): Entity | undefined {
  const plain = (words: string) => ` ${words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")} `
  return spec.entities.find((entity) =>
    [entity.labelPlural, entity.label, singular(entity.label)].some((name) =>
      plain(text).includes(plain(name)),
    ),
  )
}

/** "Due date" → “due date”, "ISBN" → “ISBN”. */
export function quoted(label: string): string {
  const low = /^\p{Lu}(?:\p{Ll}|\s|$)/u.test(label)
    ? `${label[0]?.toLowerCase()}${label.slice(1)}`
    : label
  return `“${low}”`
}

/** ["a", "b", "c"] → "a, b and c" */
export function inWords(items: string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`
}

export function many(entity: Entity): string {
  return entity.labelPlural.toLowerCase()
}

export function missing(spoken: string, spec: AppSpec): string {
  const fields = spec.entities.map(
    (entity) =>
      `${many(entity)} (${entity.fields.map(({ label }) => label.toLowerCase()).join(", ")})`,
  )
  return `There is no “${spoken
    .trim()
    .replace(/^(?:the|my|our) /i, "")
    .slice(0, 60)}” in ${fields.join("; ")}.`
}

const typeWords: Record<Field["type"], string> = {
  text: "text",
  long_text: "longer text",
  whole_number: "a whole number",
  decimal: "a number with decimals",
  money: "an amount of money",
  flag: "a checkbox",
  date: "a date",
  datetime: "a date and time",
  time: "a time",
  email: "an e-mail address",
  url: "a link",
  phone: "a phone number",
  choice: "a choice",
  rating: "a rating",
  color: "a colour",
  reference: "a link",
}

/** What a field holds, for people: "a choice of fiction or poetry", "a rating from 1 to 5". */
export function holds({ type, choices, min, max, to }: Field): string {
  if (type === "choice" && choices) return `a choice of ${choices.join(", ")}`
  if (type === "rating") return `a rating from ${min ?? 1} to ${max ?? 5}`
  if (type === "reference" && to) return `one of the ${to.replaceAll("_", " ")}`
  return typeWords[type]
}

/** “price” (an amount of money); the type only where the name does not say it. */
export function introduced(field: Field): string {
  const said = holds(field)
  const last = field.label.toLowerCase().split(" ").at(-1) ?? ""
  const plain = field.type === "text" || field.type === "long_text" || said.includes(last)
  return plain ? quoted(field.label) : `${quoted(field.label)} (${said})`
}
