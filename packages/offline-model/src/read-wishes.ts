/** Clauses that ask for something to do with the records: filter, search, sort, mark, suggest. */
import type { Entity, Field } from "./blueprints/index.ts"
import { identifier, singular } from "./words.ts"

export type WishKind = "filter" | "search" | "sort" | "mark" | "suggest"

const kinds: [RegExp, WishKind][] = [
  [
    /\b(?:suggest\w*|recommend\w*|propose|(?:tell|show) me what to (?:read|watch|play|cook|do|drink|eat|listen|try|visit) next|pick(?:s)? (?:the |my |a |one |something )?(?:next|random|for me)|what (?:should i|to) (?:read|watch|play|cook|drink|try|visit|do|eat) next|surprise me)\b/i,
    "suggest",
  ],
  [
    /\b(?:sort(?:ed|able|ing)?|order(?:ed)? by|in order of|alphabetical(?:ly)?|(?:newest|latest|oldest|most recent|highest|lowest|best|worst|cheapest|most expensive|longest|shortest|soonest|earliest|next|biggest|smallest|top)(?: \w+)? (?:first|on top|at the top)|rank(?:ed)? by|chronological(?:ly)?|arranged by)\b/i,
    "sort",
  ],
  [
    /\b(?:mark(?:ed|ing)?|tick(?:ed|ing)?(?: off)?|check(?:ed|ing)? (?:them |it |items? |tasks? )?off|toggle|cross (?:them|it|\w+)? ?off|flag (?:them|it|\w+) as)\b/i,
    "mark",
  ],
  [
    /\b(?:filter(?:s|ed|ing|able)?|show(?:s|ing)? (?:me )?(?:only|just|all|the|which|what|overdue|unread|unpaid|upcoming|un\w+)|only (?:show|see|list|display|the)|see(?:ing)? (?:only|just|which|what|who|all|the|overdue|upcoming|un\w+|at a glance)|list(?:ing)? (?:only|just|all|overdue|unpaid|un\w+)|view (?:only|just|the|all|by|which)|narrow|hide|(?:show|list|see|view|give)(?:s|ing)? (?:me |us )?(?:\p{L}+ ){0,3}(?:today|tomorrow|this (?:week|month|year)|next (?:week|month))(?:'s)?\b|group(?:ed)? by|find(?: out)? (?:which|what|all|only|the|who|overdue|un\w+|\w+ (?:by|that))|browse by|know (?:which|what|who)|look at (?:only|just)|overdue|upcoming|per (?:category|status|month|person)|by (?:status|category|author|genre|type|date|client|priority|location|rating|tag|month|person|room))\b/iu,
    "filter",
  ],
  [/\b(?:search(?:able|es|ing)?|look(?:ing)? (?:\w+ )?up|find)\b/i, "search"],
]

/** What a clause asks for; undefined when it is no wish. */
export function wishIn(clause: string): WishKind | undefined {
  return kinds.find(([pattern]) => pattern.test(clause))?.[1]
}

/** Fields of an entity that a clause names, in the order of the clause. */
export function fieldsNamed(clause: string, fields: Field[]): Field[] {
  const text = ` ${plainWords(clause)} `
  const exact = inOrder(fields, (field) => positionOf(field, text))
  return exact.length > 0 ? exact : inOrder(fields, (field) => partOf(field, text))
}

/** "filter by person" where the field is "assigned person"; "by year" for "year released". */
function partOf({ label }: Field, text: string): number {
  const words = plainWords(label).split(" ")
  if (words.length < 2) return -1
  const common = /^(?:date|name|number|time|last|first|next)$/
  const ends = [words[0], words.at(-1)].filter(
    (word) => word && word.length > 3 && !common.test(word),
  )
  const at = ends.map((word) => text.indexOf(`by ${word} `)).filter((index) => index >= 0)
  return at.length > 0 ? Math.min(...at) : -1
}

function inOrder(fields: Field[], positionIn: (field: Field) => number): Field[] {
  return fields
    .map((field) => ({ field, at: positionIn(field) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at)
    .map(({ field }) => field)
}

function positionOf(field: Field, text: string): number {
  const names = [
    field.name,
    identifier(singular(field.label)),
    identifier(field.label),
    identifier(singular(field.name.replaceAll("_", " "))),
  ]
  const positions = names
    .map((name) => text.indexOf(` ${name.replaceAll("_", " ")} `))
    .filter((at) => at >= 0)
  if (positions.length === 0 && field.type === "choice") {
    const value = (field.choices ?? []).find(
      (choice) => text.includes(` ${plainWords(choice)} `) && choice.length > 2,
    )
    return value === undefined ? -1 : text.indexOf(` ${plainWords(value)} `)
  }
  return positions.length > 0 ? Math.min(...positions) : -1
}

/** "unfinished" → the flag it is the opposite of; also "not finished", "still open". */
export function flagMeant(clause: string, fields: Field[]): Field | undefined {
  const flags = fields.filter((field) => field.type === "flag")
  const words = plainWords(clause).split(" ")
  return flags.find((field) => {
    const name = field.name.replaceAll("_", " ").replace(/^(?:is|has|was) /, "")
    const forms = new Set([
      name,
      `un${name}`,
      `non${name}`,
      `in${name}`,
      `not ${name}`,
      `in ${name}`,
    ])
    return (
      words.some(
        (word, index) => forms.has(word) || forms.has(`${word} ${words[index + 1] ?? ""}`),
      ) || synonyms(name).some((word) => words.includes(word))
    )
  })
}

function synonyms(flag: string): string[] {
  const groups = [
    [
      "done",
      "finished",
      "completed",
      "complete",
      "unfinished",
      "incomplete",
      "pending",
      "open",
      "outstanding",
      "undone",
      "todo",
      "remaining",
    ],
    ["read", "unread", "finished", "unfinished"],
    ["watched", "unwatched", "seen", "unseen"],
    ["paid", "unpaid", "outstanding"],
    ["bought", "purchased", "unbought"],
    ["favorite", "favourite", "favorites", "favourites", "starred"],
    ["returned", "unreturned", "borrowed", "lent"],
    ["available", "unavailable", "free"],
    ["borrowed", "lent", "available"],
  ]
  return groups.filter((group) => group.includes(flag)).flat()
}

const dayWords =
  /\b(?:overdue|late|past due|due|upcoming|today|tomorrow|this (?:week|month|year)|next (?:week|month|7 days)|coming|expired?|expiring|soon|by (?:date|month|day|year|week)|date range|recent(?:ly)?|not been|haven't|need(?:s)? (?:water|watering))\b/i

/** The date that "overdue" or "this week" is about. */
export function dateMeant(clause: string, fields: Field[]): Field | undefined {
  if (!dayWords.test(clause)) return undefined
  const dates = fields.filter((field) => field.type === "date" || field.type === "datetime")
  const named = dates.find(({ name }) =>
    name.split("_").some((word) => word.length > 4 && clause.toLowerCase().includes(word)),
  )
  return (
    named ??
    dates.find((field) =>
      /due|deadline|until|expir|best_before|return|next|end|renew/.test(field.name),
    ) ??
    dates[0]
  )
}

export interface SortWish {
  field: Field
  direction: "asc" | "desc"
}

/** The order a clause asks for among an entity's fields. */
export function sortMeant(clause: string, entity: Pick<Entity, "fields">): SortWish | undefined {
  const { fields } = entity
  const down =
    /\b(?:desc(?:ending)?|newest|latest|most recent|highest|best|most expensive|longest|biggest|largest|top|reverse|high to low|last first|favou?rites? first)\b/i.test(
      clause,
    )
  const named = fieldsNamed(
    clause.replace(/^.*?\b(?:sort(?:ed|able|ing)?|order(?:ed)?|rank(?:ed)?|arranged)\b/i, ""),
    fields,
  )[0]
  if (named) return { field: named, direction: down ? "desc" : "asc" }
  const byType = (...types: Field["type"][]) => fields.find((field) => types.includes(field.type))
  const guess: [RegExp, Field | undefined][] = [
    [/\balphabet|a to z|a-z|by name|by title/i, byType("text")],
    [/\b(?:newest|oldest|latest|most recent|soonest|earliest)\b/i, byType("date", "datetime")],
    [/\b(?:rated|best|worst|rating|favou?rite|highest|lowest|top)\b/i, byType("rating")],
    [/\b(?:expensive|cheap|price|cost|amount)/i, byType("money")],
    [
      /\b(?:new|old|recent|late|soon|early|date|chronolog|next|upcoming|due)/i,
      byType("date", "datetime"),
    ],
    [/\b(?:long|short|big|small|large)/i, byType("whole_number", "decimal")],
    [/\bpriorit/i, byType("choice")],
  ]
  const field = guess.find(([pattern, found]) => found && pattern.test(clause))?.[1]
  return field && { field, direction: down ? "desc" : "asc" }
}

/** The mark that "mark them as finished" or "tick off" asks for. */
export function markMeant(clause: string): string | undefined {
  const match = clause.match(
    /\b(?:mark(?:ed|ing)?|flag(?:ged)?|set|tick(?:ed)?)\b(?:\s+[\p{L}']+){0,4}?\s+(?:as|off as|when(?: it is| it's| they are)?)\s+(?:being |already |an? )?([\p{L}]+)/iu,
  )
  if (match?.[1]) return match[1].toLowerCase()
  const state = clause.match(
    /\bmark(?:ed|ing)? (?:\p{L}+ )?(done|finished|read|watched|paid|bought|complete|completed|returned|packed)\b/iu,
  )?.[1]
  if (state) return state.toLowerCase()
  return /\b(?:tick|check|cross)(?:ed|ing)?(?: \p{L}+){0,3} off\b/iu.test(clause)
    ? "done"
    : undefined
}

/** Words that name a flag nobody listed: "only unpaid invoices" → "paid". */
export function impliedFlag(clause: string): string | undefined {
  const opposite = clause
    .toLowerCase()
    .match(
      /\bun(read|paid|finished|watched|seen|played|bought|answered|returned|sold|opened|resolved|tested|used|visited|confirmed|packed|completed|sent|shipped|fulfilled)\b/,
    )?.[1]
  if (opposite) return opposite
  const own = clause
    .toLowerCase()
    .match(
      /\b(?:only|just|which(?: \w+)? (?:are|is)|the) (?:\w+ )?(finished|read|paid|watched|done|available|favou?rite|borrowed|lent|active|bought)s?\b/,
    )?.[1]
  return own
}

export function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}']+/gu, " ")
    .replace(/'s\b/g, "")
    .trim()
}
