/** What a follow-up can ask for, each as a pattern and what it does to the spec. */
import type { Entity } from "../blueprints/index.ts"
import type { Change } from "./change.ts"
import { addFields, addFlagLike } from "./change-add.ts"
import { addEntities } from "./change-entities.ts"
import {
  addToChoice,
  changeChoices,
  changeNeeded,
  changeType,
  removeNamed,
  renameNamed,
} from "./change-fields.ts"
import { entityMeant, fitWish } from "./fit-wishes.ts"
import { markMeant, wishIn } from "./read-wishes.ts"

type Rule = [RegExp, (change: Change, match: RegExpMatchArray) => void]

const quote = `["']?`
const the = `(?:(?:the|a|an|my|our|its|their|each|every|all|this)\\s+)?`

export const changeRules: Rule[] = [
  [
    new RegExp(
      `^(?:rename|change the name of|relabel)\\s+${the}${quote}(.+?)${quote}(?:\\s+(?:field|column|list|property))?\\s+(?:to|as|into|=>|->)\\s+${the}${quote}(.+?)${quote}$`,
      "i",
    ),
    (change, [, from = "", to = ""]) => renameNamed(change, { from, to }),
  ],
  [
    new RegExp(
      `^(?:call|name)\\s+${the}${quote}(.+?)${quote}(?:\\s+(?:field|column))?\\s+${quote}(?!by\\b)([\\w -]+?)${quote}(?:\\s+instead)?$`,
      "i",
    ),
    (change, [, from = "", to = ""]) =>
      renameNamed(change, { from, to: to.replace(/^(?:to|as)\s+/i, "") }),
  ],
  [
    new RegExp(
      `^(?:${quote}(.+?)${quote})\\s+should (?:be )?(?:called|named)\\s+${quote}(.+?)${quote}$`,
      "i",
    ),
    (change, [, from = "", to = ""]) => renameNamed(change, { from, to }),
  ],
  [
    /^(?:remove|delete|drop|get rid of|take (?:out|away)|lose|hide|no longer (?:track|store|need|show)|i (?:don't|do not) need|we (?:don't|do not) need|stop (?:tracking|storing)|without)\s+(.+)$/i,
    (change, [, list = ""]) => removeNamed(change, list),
  ],
  [
    new RegExp(
      `^(?:make|set|mark)\\s+${the}(.+?)(?:\\s+(?:fields?|columns?))?\\s+(?:as |to be |to )?(optional|not required|not mandatory|not needed|required|mandatory|needed|obligatory|compulsory)$`,
      "i",
    ),
    (change, [, list = "", how = ""]) =>
      changeNeeded(change, { list, needed: !/optional|not/i.test(how) }),
  ],
  [
    new RegExp(
      `^${the}(.+?)(?:\\s+fields?)?\\s+(?:should|must|can|could)(?: also)? be\\s+(optional|not required|required|mandatory|needed)$`,
      "i",
    ),
    (change, [, list = "", how = ""]) =>
      changeNeeded(change, { list, needed: !/optional|not/i.test(how) }),
  ],
  [
    /^(?:require)\s+(.+)$/i,
    (change, [, list = ""]) => changeNeeded(change, { list, needed: true }),
  ],
  [
    new RegExp(
      `^(?:add|allow|include)\\s+(.+?)\\s+(?:as (?:an? )?(?:new )?(?:option|choice|value|status|category)s?|to the (?:options|choices|values|list) (?:of|for)|as (?:an? )?(?:option|choice|value)s? (?:to|for|in|of))\\s*(?:(?:to|for|in|of)\\s+)?${the}(.*)$`,
      "i",
    ),
    (change, [, values = "", field = ""]) => changeChoices(change, { values, field }),
  ],
  [
    new RegExp(
      `^(?:add|allow|include)\\s+(.+?)\\s+(?:to|in|for)\\s+${the}(.+?)(?:\\s+(?:options?|choices?|values?|field|list|dropdown|menu))?$`,
      "i",
    ),
    (change, [, values = "", field = ""]) => addToChoice(change, { values, field }),
  ],
  [
    new RegExp(
      `^${the}(.+?)\\s+(?:should|can|could|must)\\s+(?:also\\s+)?(?:be|allow|include|have|offer)\\s+${the}(?:option |value |choice )?(.+)$`,
      "i",
    ),
    (change, [, field = "", values = ""]) => addToChoice(change, { values, field }),
  ],
  [
    new RegExp(
      `^add\\s+(?:an?|the|another)\\s+${quote}(.+?)${quote}\\s+(?:option|choice|value|status|category|state)\\s*(?:(?:to|for|in)\\s+${the}(.+))?$`,
      "i",
    ),
    (change, [whole, values = "", field = ""]) =>
      changeChoices(change, {
        values,
        field: field || (whole.match(/(status|category|state)/i)?.[1] ?? ""),
      }),
  ],
  [
    new RegExp(
      `^(?:change|make|turn|convert|switch|set)\\s+${the}(.+?)(?:\\s+(?:field|column|type|a field))?\\s+(?:to|into|from .+? to|be|as|a|an)?\\s*(?:be )?(?:an?\\s+)?(text|long text|number|whole number|decimal(?: number)?|money|price|date|date and time|datetime|checkbox|flag|yes/no|yes or no|email|link|url|phone(?: number)?|rating(?: .*)?|(?:choice|dropdown|select|list)(?: .*)?|multi-?line(?: text)?)(?:\\s+field)?$`,
      "i",
    ),
    (change, [, name = "", type = ""]) => changeType(change, { name, type }),
  ],
  [
    /^(?:replace)\s+(?:the )?(.+?)\s+(?:with|by)\s+(?:an? |the )?(.+)$/i,
    (change, [, from = "", to = ""]) => renameNamed(change, { from, to }),
  ],
  [
    /^(.*\b(?:let|allow|filter|sort|order|search|only show|show only|newest|alphabetical|mark|tick|suggest|recommend|group)\b.*)$/i,
    wish,
  ],
  [
    /^(?:add|create|introduce|include|have|i (?:also )?(?:want|need)|we (?:also )?(?:want|need)|there should(?: also)? be|also (?:track|keep|record|store|manage)|track|keep track of)\s+(?:(?:an?|the|another|new)\s+)*(?:new )?(?:list|table|kind|type|entity|collection|section|page|register|catalog(?:ue)?)s?\s+(?:of|for|called|named|to track|with)\s+(.+)$/i,
    (change, [, text = ""]) => addEntities(change, { text, certain: true }),
  ],
  [
    /^(?:add|include|keep(?: track of)?|manage|also (?:store|record|track|keep|note|add|save|show)|store|record|track|note|save|give(?: (?:it|them|each \w+|every \w+|the \w+))?|put|introduce|have|with|i (?:also )?(?:want|need|would like)(?: to (?:track|store|record|note|see|have|add|know|also))?|i'd like|we (?:also )?(?:want|need)(?: to (?:track|store|record|note|see|have|add|know))?|there should(?: also)? be|it should(?: also)? have|they should(?: also)? have|(?:each|every) \w+ (?:should|needs to|must)(?: also)? have|extend (?:it|them|the \w+) (?:with|by)|to|see|know|create)\s+(.+)$/i,
    (change, [whole, text = ""]) => addWhatever(change, { text, whole }),
  ],
  [
    /^(?:(?:each|every|all|the|an?)\s+)?([\p{L} ]+?)\s+(?:should(?: also)? have|needs?|must(?: also)? have|should(?: also)? (?:store|include|contain|show)|also (?:has|have|need)|has|have)\s+(.+)$/iu,
    (change, [whole, , text = ""]) => addWhatever(change, { text, whole }),
  ],
]

function wish(change: Change, [text = ""]: RegExpMatchArray): void {
  const before = JSON.stringify(change.spec.entities)
  if (!wishIn(text) && !markMeant(text)) return
  const problem = fitWish(text, change.spec.entities)
  const entity = entityMeant(text, change.spec.entities)
  const name = entity?.labelPlural ?? "The list"
  if (problem && !/fixed rule/.test(problem)) change.notDone.push(problem)
  else if (JSON.stringify(change.spec.entities) !== before) change.done.push(doneBy(text, name))
  else if (alreadyThere(text, entity)) change.done.push(`${name} could do that already.`)
}

function doneBy(text: string, name: string): string {
  const said: Record<string, string> = {
    filter: "have a new filter",
    search: "can be searched",
    sort: "have a new order",
    mark: "can be marked",
    suggest: "now come with a suggestion: a fixed rule over your own records, not a model",
  }
  return `${name} ${said[wishIn(text) ?? "filter"]}.`
}

/** Searching is always there; a filter or order may be. Then nothing is left to do, and we say so. */
function alreadyThere(text: string, entity: Entity | undefined): boolean {
  return entity !== undefined && ["search", "filter", "mark", "sort"].includes(wishIn(text) ?? "")
}

function addWhatever(change: Change, { text, whole }: { text: string; whole: string }): void {
  if (addFlagLike(change, whole)) return
  if (addEntities(change, { text, certain: false })) return
  addFields(change, { text, whole })
}
