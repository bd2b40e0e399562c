/**
 * A series of things and what is noted about them:
 * "clients (name, email) and projects with a client, deadline and status (lead, done)".
 */
import { beyond } from "./beyond.ts"
import { headIn } from "./heads.ts"
import { isKnown } from "./known-entities.ts"
import { keepChoices, splitItems, withoutParentheses } from "./lists.ts"
import type { Noun } from "./noun-phrase.ts"
import { isPlace, readNoun } from "./noun-phrase.ts"
import { readField } from "./read-field.ts"
import { addItem, looksLikeFieldItem } from "./read-items.ts"
import type { EntityDraft, Sketch } from "./sketch.ts"
import { entityNamed, findEntity } from "./sketch.ts"
import { isPlural } from "./words.ts"

export interface SeriesStart {
  /** items are fields of this entity until another one begins */
  entity?: EntityDraft
  /** how clearly the text before said that something is kept */
  frame?: "strong" | "kind" | "weak" | "none"
  /** the text has been weighed and is a list of fields */
  described?: boolean
}

const joint =
  /\s+(?:showing|noting|saying|giving|holding|with(?: (?:their|its|the|fields?(?: for)?|columns|an? list of|following fields):?)?|including(?: their| its| the)?|having|that (?:have|has|contain|include)|which (?:have|has|contain|include)|containing|where each (?:one )?has|each (?:with|having)|and (?:their|its)(?= (?!own)))(?=\s|:)\s*:?/i

interface State {
  sketch: Sketch
  current: EntityDraft | undefined
  /** fields: items describe the current entity */
  mode: "things" | "fields"
  frame: NonNullable<SeriesStart["frame"]>
  /** most items of the list read as fields, so that "shoes" among them is one too */
  described: boolean
  /** what "recipes with title, ingredients (name, amount) and steps" goes back to */
  outer?: EntityDraft | undefined
}

/** @returns whether anything was found */
export function readSeries(sketch: Sketch, text: string, start: SeriesStart): boolean {
  const state: State = {
    sketch,
    current: start.entity,
    mode: start.entity ? "fields" : "things",
    frame: start.frame ?? "strong",
    described: false,
  }
  const items = splitItems(keepChoices(joinBy(text)))
  const fieldish = items.filter(looksLikeFieldItem).length
  const opens = start.entity !== undefined && looksLikeFieldItem(items[0] ?? "")
  state.described =
    start.described === true || (opens && items.length > 3 && fieldish * 2 > items.length)
  let found = false
  for (const item of items) found = readItem(state, item) || found
  return found
}

/** "expenses by category and month" → the category is a field. */
function joinBy(text: string): string {
  return text.replace(
    /^([\p{L} ]{3,30}?) by (?=(?:category|type|date|month|author|genre|status|person|project|room|client|location)\b)/iu,
    "$1 with ",
  )
}

function readItem(state: State, spoken: string): boolean {
  const opened = state.current
    ? spoken.replace(
        /^(?:with(?! \p{L}+(?: or not|\?| y\/n| yes\b))|including|having|showing|noting|plus(?! ones?\b))\s+(?:their |its )?/iu,
        "",
      )
    : spoken
  if (opened !== spoken) state.mode = "fields"
  const item = opened
  const { bare, restore } = withoutParentheses(item)
  // "whether she takes it with food" is one thing that is so or not
  const at = /^(?:whether|if) \p{L}+ \p{L}+ (?:it|them) with /iu.test(bare)
    ? -1
    : bare.search(joint)
  if (at > 0) {
    const head = restore(bare.slice(0, at))
    const rest = restore(bare.slice(at).replace(joint, "").trim())
    if (state.mode === "things" || startsThing(state, head)) {
      if (state.mode === "things" && !state.current && isContext(state, head, rest)) {
        state.sketch.leftovers.push(head)
        return readItem(state, rest)
      }
      if (!begin(state, head, true)) return false
      state.mode = "fields"
      if (rest !== "") readItem(state, rest)
      return true
    }
    // "notes with details": still one field
    if (state.current) state.sketch.leftovers.push(rest)
    return field(state, head)
  }
  const colon = item.match(/^([\p{L} -]{3,30}):\s+(\S.*)$/u)
  const named = colon?.[1]?.replace(/ (?:which|that|who|whom) .*$/i, "") ?? ""
  if (colon?.[1] && colon[2] && isPlural(named) && startsThing(state, named)) {
    if (!begin(state, colon[1], true)) return false
    state.mode = "fields"
    return readItem(state, colon[2])
  }
  if (state.mode === "fields") {
    if (namesThingWithFields(state, item)) {
      const outer = state.current
      const begun = begin(state, item, true)
      state.outer = outer
      return begun
    }
    if (isThingAmongFields(state, item)) return begin(state, item, true)
    return field(state, item)
  }
  const loose =
    ["weak", "none"].includes(state.frame) &&
    item.split(/\s+/).length > 4 &&
    !/^(?:if|whether|when|how|where|what|which)\b/i.test(item)
  if (state.current && !loose && looksLikeFieldItem(item) && !namesThingWithFields(state, item)) {
    state.mode = "fields"
    goBack(state)
    return field(state, item)
  }
  state.outer = undefined
  return begin(state, item, state.frame === "strong" || state.frame === "kind")
}

/** More fields behind a thing in parentheses are of what held it, to which it belongs. */
function goBack(state: State): void {
  const { outer, current, sketch } = state
  if (outer && current) {
    sketch.relations.push([current.name, outer.name])
    state.current = outer
    sketch.current = outer
  }
  state.outer = undefined
}

/** "for my bakery with …": whose it is; what follows is what it keeps. */
function isContext({ frame }: State, head: string, rest = ""): boolean {
  const things = isPlural(splitItems(rest)[0] ?? "")
  return (frame !== "strong" || things) && isPlace(head) && !isPlural(head)
}

function field({ sketch, current }: State, item: string): boolean {
  if (!current) return false
  addItem(sketch, current, item)
  return true
}

/** "with users, projects and tasks": plurals that people keep records of, not words for fields. */
function isThingAmongFields({ current, described }: State, item: string): boolean {
  if (described || looksLikeFieldItem(item) || /\(/.test(item) || !isPlural(item)) return false
  const noun = readNoun(item)
  return (
    noun !== undefined &&
    !noun.kind &&
    noun.name !== current?.name &&
    isKnown(noun.name) &&
    noun.spoken.split(" ").length === 1
  )
}

/** In the middle of fields a new thing begins only with a plural or a thing people keep records of. */
function startsThing(state: State, head: string): boolean {
  const { sketch, current } = state
  const noun = nounIn(state, head)
  if (!noun || noun.name === current?.name) return false
  const bare = head.replace(/\s*\(.*$/, "")
  return (
    Boolean(findEntity(sketch, noun.name)) ||
    (isPlural(bare) && (isKnown(noun.name) || !looksLikeFieldItem(bare))) ||
    isKnown(noun.name)
  )
}

/** "projects (title, deadline)": a plural, and what stands in parentheses reads as fields. */
function namesThingWithFields(state: State, item: string): boolean {
  const match = item.match(/^(.+?)\s*\(([^)]*)\)/)
  if (!match?.[1] || !match[2]) return false
  // among fields, what stands in parentheses behind one thing explains it
  if (state.described && !isPlural(match[1])) return false
  const parts = splitItems(match[2])
  if (state.mode === "things" && isPlural(match[1]) && parts.length > 2) return true
  const fieldish = parts.filter(looksLikeFieldItem).length
  if (parts.length < 2 || fieldish < parts.length / 2) return false
  const typed = parts.filter((part) => readField(part)?.type !== "text").length
  return (
    startsThing(state, match[1]) ||
    (fieldish === parts.length && (isPlural(match[1]) || (parts.length > 2 && typed > 0)))
  )
}

/** "for the collected sap a second record" is about sap. */
function nounIn({ sketch }: State, head: string): Noun | undefined {
  const tied = /^(?:and )?for (?:the|each|every) /i.test(head)
  return tied ? headIn(head, sketch)?.noun : readNoun(head)
}

/** Words for what an app does rather than for what it keeps. */
const isFeature =
  /notification|login|sign-?in|accounts?$|chat|maps?$|uploads?$|sync|exports?$|charts?$|reminders?$|alerts?$|dashboard|analytics/i

function begin(state: State, item: string, sure: boolean): boolean {
  const match = item.match(/^(.+?)\s*\(([^)]*)\)\s*(.*)$/)
  const head = match?.[1] ?? item
  const parts = splitItems(match?.[2] ?? "")
  const told = parts.filter(looksLikeFieldItem).length > 1
  const noun = nounIn(state, head) ?? (told ? headIn(head, state.sketch)?.noun : undefined)
  if (!noun || (!match && isContext(state, item))) {
    state.sketch.leftovers.push(item)
    return false
  }
  if (
    beyond(item).length > 0 &&
    !match &&
    /\b(?:by|via|through|per|as) (?:push|e-?mail|sms|text|whats ?app|phone|mail)\b/i.test(item)
  ) {
    state.sketch.leftovers.push(item)
    return false
  }
  if (
    beyond(item).length > 0 &&
    !isKnown(noun.name) &&
    (["weak", "none"].includes(state.frame) || isFeature.test(item))
  ) {
    state.sketch.leftovers.push(item)
    return false
  }
  const known = isKnown(noun.name) || findEntity(state.sketch, noun.name) !== undefined
  state.current = entityNamed(
    state.sketch,
    noun.spoken,
    known || noun.kind || (sure && state.frame !== "none") || parts.length > 1,
  )
  if (isPlural(match?.[1] ?? item) || isPlural(noun.spoken)) state.current.many = true
  state.sketch.leftovers.push(noun.tail)
  // "things (drills, tents, …)" gives examples of what it names
  const examples = parts.length > 1 && !parts.some(looksLikeFieldItem)
  for (const part of examples ? [] : parts)
    if (!/^(?:e\.?g|i\.?e|like)\b/i.test(part)) addItem(state.sketch, state.current, part)
  // after "clients (name, email)" the next item is a thing again
  state.mode = "things"
  if (match?.[3] && /^(?:with|having|has)\b/i.test(match[3])) {
    state.mode = "fields"
    field(state, match[3])
  }
  return true
}
