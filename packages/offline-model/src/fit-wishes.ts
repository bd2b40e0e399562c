/** Wishes to filter, sort, mark and suggest, placed on the entities they speak of. */
import type { Entity, Field } from "./blueprints/index.ts"
import { guessType, soundsLikeField } from "./field-types.ts"
import { readField } from "./read-field.ts"
import {
  dateMeant,
  fieldsNamed,
  flagMeant,
  impliedFlag,
  markMeant,
  plainWords,
  sortMeant,
  wishIn,
} from "./read-wishes.ts"
import { identifier, labelFor, unusedIdentifier } from "./words.ts"

/** Changes the entities in place; returns sentences about wishes that could not be placed. */
export function fitWishes(wishes: string[], entities: Entity[]): string[] {
  return wishes.flatMap((wish) => fitWish(wish, entities) ?? [])
}

export function fitWish(wish: string, entities: Entity[]): string | undefined {
  const entity = entityMeant(wish, entities)
  if (!entity) return undefined
  switch (wishIn(wish)) {
    case "sort":
      return fitSort(wish, entity)
    case "mark":
      return fitMark(wish, entity)
    case "suggest":
      return fitSuggestion(wish, entity)
    case "filter":
      return fitFilter(wish, entity)
    default:
      return undefined
  }
}

/** The entity a wish names, or whose fields it names, or else the first. */
export function entityMeant(text: string, entities: Entity[]): Entity | undefined {
  const words = ` ${plainWords(text)} `
  const spoken = entities.find((each) =>
    [each.name, each.plural, each.label, each.labelPlural].some((name) =>
      words.includes(` ${plainWords(name.replaceAll("_", " "))} `),
    ),
  )
  const by = text.match(/\bby (.+)$/i)?.[1]
  const having = by ? entities.filter((each) => fieldsNamed(by, each.fields).length > 0) : []
  if (having.length > 0) return having.find((each) => each === spoken) ?? having[0]
  if (spoken) return spoken
  const due = /\b(?:overdue|late|due|expir\w+)\b/i.test(text)
  const withDue = due
    ? entities.find((each) =>
        each.fields.some(
          (field) => field.type === "date" && /due|deadline|until|return|expir/.test(field.name),
        ),
      )
    : undefined
  if (withDue) return withDue
  return (
    entities.find(
      (each) => fieldsNamed(text, each.fields).length > 0 || flagMeant(text, each.fields),
    ) ?? entities[0]
  )
}

function fitSort(wish: string, entity: Entity): string | undefined {
  const sort = sortMeant(wish, entity)
  if (sort) {
    entity.sort = { field: sort.field.name, direction: sort.direction }
    return undefined
  }
  // the newest record comes first anyway
  return /\b(?:newest|latest|most recent)\b/i.test(wish)
    ? undefined
    : `I did not find the field to sort by in “${shortened(wish)}”.`
}

function fitMark(wish: string, entity: Entity): string | undefined {
  const words = markMeant(wish)
  if (!words) return undefined
  if (
    flagMeant(words, entity.fields) ||
    entity.fields.some((field) => field.choices?.includes(words))
  )
    return undefined
  addField(entity, {
    name: words,
    label: labelFor(words),
    type: "flag",
    required: false,
    ...(/done|finish|complete|return|paid|read|watched/.test(words) ? { closes: true } : {}),
  })
  return undefined
}

export function fitFilter(wish: string, entity: Entity): string | undefined {
  const filterable = entity.fields.filter((field) => field.type !== "long_text")
  const found = [
    ...fieldsNamed(wish, filterable),
    flagMeant(wish, filterable),
    dateMeant(wish, filterable),
  ].filter((field) => field !== undefined)
  const flagWords = found.some((field) => field.type === "flag" || field.type === "choice")
    ? undefined
    : impliedFlag(wish)
  if (flagWords)
    found.push(
      addField(entity, {
        name: identifier(flagWords),
        label: labelFor(flagWords),
        type: "flag",
        required: false,
        closes: true,
      }),
    )
  if (found.length === 0 && /\boverdue\b/i.test(wish))
    found.push(
      addField(entity, { name: "due_date", label: "Due date", type: "date", required: false }),
    )
  if (found.length === 0) found.push(...namedAnew(wish, entity))
  for (const field of found) {
    if (!entity.filters.some((filter) => filter.field === field.name))
      entity.filters.push({ field: field.name })
  }
  const asksForSome =
    /\bfilter|\bshow(?:s|ing)? (?:me |us )?only\b|\b(?:today|tomorrow|this (?:week|month|year))\b/i
  return found.length === 0 && asksForSome.test(wish)
    ? `I did not find the field to filter by in “${shortened(wish)}”.`
    : undefined
}

/** "filter by category" where nobody listed a category: then there is one now. */
function namedAnew(wish: string, entity: Entity): Field[] {
  const words = wish.match(
    /\b(?:filter(?:ed|ing)?|filters|group(?:ed)?|browse|view|see \p{L}+) (?:\p{L}+ )?(?:by|on|for) (?:the |their |its )?([\p{L} ]{3,20}?)(?:$|,| and | or )/iu,
  )?.[1]
  if (!words || !soundsLikeField(words) || ["long_text", "flag"].includes(guessType(words).type))
    return []
  const draft = readField(words)
  if (!draft) return []
  const { words: spoken, ...rest } = draft
  return [addField(entity, { name: identifier(spoken), ...rest })]
}

function fitSuggestion(wish: string, entity: Entity): string | undefined {
  const rating =
    entity.fields.find((field) => field.type === "rating") ??
    (/\brat(?:ed|ing)\b/i.test(wish)
      ? addField(entity, {
          name: "rating",
          label: "Rating",
          type: "rating",
          required: false,
          min: 1,
          max: 5,
        })
      : undefined)
  const open =
    entity.fields.find((field) => field.closes) ??
    entity.fields.find((field) => field.type === "flag") ??
    rating
  const like = entity.fields
    .filter((field, index) => index > 0 && ["text", "choice", "reference"].includes(field.type))
    .map((field) => field.name)
  entity.suggestion = {
    title: `Suggested next ${entity.label.toLowerCase()}`.slice(0, 60),
    ...(open ? { open: open.name } : {}),
    ...(rating ? { rating: rating.name } : {}),
    ...(like.length > 0 ? { like: like.slice(0, 5) } : {}),
  }
  return "The suggestion is a fixed rule over your own records, labelled as a rule; no model is asked."
}

function addField(entity: Entity, field: Field): Field {
  const name = unusedIdentifier(field.name, new Set(entity.fields.map((each) => each.name)))
  const made = { ...field, name }
  entity.fields.push(made)
  return made
}

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text)
