/** What a follow-up can ask for, each as a pattern and what it does to the spec. */
import type { Change } from "./change.ts"
import { addFields, addFlagLike } from "./change-add.ts"
import { addEntities } from "./change-entities.ts"
import { findField, missing } from "./change-find.ts"
import { moveField } from "./change-order.ts"
import { tie } from "./change-relations.ts"
import { bringBack, removeNamed } from "./change-remove.ts"
import { renameNamed } from "./change-rename.ts"
import {
  addToChoice,
  changeBounds,
  changeChoices,
  changeNeeded,
  changeType,
  removeChoice,
} from "./change-shape.ts"
import { grantWish } from "./change-wishes.ts"

type Rule = [RegExp, (change: Change, match: RegExpMatchArray) => void]

const quote = `["']?`
const the = `(?:(?:the|a|an|my|our|its|their|each|every|all|this)\\s+)?`
const places =
  "before|after|above|below|under|beneath|beside|behind|in front of|next to|right after"
const belongs =
  "(?:should |must |can |will |always |to )*(?:be )?(?:belong(?:s|ing)? to|(?:is |are |be )?(?:linked|connected|assigned|tied|attached|related) (?:to|with)|(?:is|are|be) (?:for|of|by|part of)|(?:is|are) \\p{L}+(?:ed|de|en|ne|wn) by|links? to|points? to|references?|relates? to)"

export const changeRules: Rule[] = [
  [
    /^(?:add|bring|put|get|give me|i want|we want|i need)\s+(.+?)\s+back(?: again| in)?(?:\s+(?:to|in) .+)?$/i,
    (change, [, name = ""]) => bringBack(change, name),
  ],
  [
    /^(?:restore|bring back|re-?add|undelete|add back|put back|re-?introduce|recover)\s+(.+)$/i,
    (change, [, name = ""]) => bringBack(change, name),
  ],
  [
    new RegExp(
      `^(?:put|move|place|show|have|display|i want)\\s+${the}(.+?)\\s+(?:(?:to|at|in) the )?(?:very )?(first|last|top|start|front|beginning|bottom|end|back)(?:\\s+(?:of|in|on)\\s.+)?$`,
      "i",
    ),
    (change, [whole, name = "", where = ""]) => {
      const moved = moveField(change, { name, where })
      if (!moved && /^(?:move|place)/i.test(whole)) change.notDone.push(missing(name, change.spec))
    },
  ],
  [
    new RegExp(
      `^(?:put|move|place|show|have|display|i want)\\s+${the}(.+?)\\s+(${places})\\s+${the}(.+)$`,
      "i",
    ),
    (change, [, name = "", where = "", beside = ""]) => {
      moveField(change, { name, where, beside })
    },
  ],
  [
    new RegExp(`^(add|include|insert|put)\\s+(.+?)\\s+(${places})\\s+${the}(.+)$`, "i"),
    (change, [, verb = "", name = "", where = "", beside = ""]) =>
      addBeside(change, { verb, name, where, beside }),
  ],
  [
    new RegExp(
      `^${the}([\\p{L} ]+?)\\s+${belongs}\\s+(?:exactly |only )?(?:an?|one|the|each|every|their|its|some)?\\s*([\\p{L} ]+)$`,
      "iu",
    ),
    (change, [, of = "", to = ""]) => {
      tie(change, { of, to })
    },
  ],
  [
    new RegExp(
      `^(?:link|connect|attach|assign|tie|relate)\\s+${the}([\\p{L} ]+?)\\s+(?:to|with|and)\\s+(?:an?|the|their|its|one|each)?\\s*([\\p{L} ]+)$`,
      "iu",
    ),
    (change, [, of = "", to = ""]) => {
      tie(change, { of, to })
    },
  ],
  [
    /^(?:an?|each|every|one|the)?\s*([\p{L} ]+?)\s+(?:should |must |can |could |will |may )*(?:have|has|own|owns|contain|contains)\s+(?:many|several|multiple|more than one|any number of|one or more|lots of)\s+([\p{L} ]+)$/iu,
    (change, [, to = "", of = ""]) => {
      tie(change, { of, to })
    },
  ],
  [
    new RegExp(
      `^(?:rename|(?:change|set) the (?:name|title) of|relabel)\\s+${the}${quote}(.+?)${quote}(?:\\s+(?:field|column|property))?\\s+(?:to|as|into|=>|->)\\s+(.+)$`,
      "i",
    ),
    rename,
  ],
  [
    /^(?:change|set)\s+the\s+((?:app|application|project|site)(?:'s)?) (?:name|title)\s+to\s+(.+)$/i,
    rename,
  ],
  [
    new RegExp(
      `^(?:call|name)\\s+${the}${quote}(.+?)${quote}(?:\\s+(?:field|column))?\\s+(?!by\\b)(.+?)(?:\\s+instead)?$`,
      "i",
    ),
    (change, [, from = "", to = ""]) => {
      const app = /^(?:it|this|the app|app|list|project|site)$/i.test(from)
      renameNamed(change, { from, to: to.replace(/^(?:to|as)\s+/i, ""), mustExist: !app })
    },
  ],
  [
    new RegExp(`^(?:${quote}(.+?)${quote})\\s+should (?:be )?(?:called|named)\\s+(.+)$`, "i"),
    rename,
  ],
  [
    /^(?:remove|delete|take|drop)\s+(.+?)\s+(?:from|out of|as (?:an? )?(?:option|choice|value) (?:from|of|for|in))\s+(?:the )?(?:options? (?:of|for|in) |choices? (?:of|for|in) )?(.+)$/i,
    (change, [, values = "", field = ""]) => {
      removeChoice(change, { values, field })
    },
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
      `^${the}(.+?)(?:\\s+fields?)?\\s+(?:should|must|can|could)(?: also)? be\\s+(optional|not required|required|mandatory|needed|filled(?: in)?|filled out|entered|given|present)$`,
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
      `^(?:add|allow|include)\\s+(.+?)\\s+(?:as (?:an? )?(?:new )?(?:option|choice|value|status|category)s?|to the (?:options|choices|values) (?:of|for)|as (?:an? )?(?:option|choice|value)s? (?:to|for|in|of))\\s*(?:(?:to|for|in|of)\\s+)?${the}(.*)$`,
      "i",
    ),
    (change, [, values = "", field = ""]) => changeChoices(change, { values, field }),
  ],
  [
    new RegExp(
      `^(?:add|allow|include)\\s+(?:an?|the|another)?\\s*(?:new )?(?:options?|choices?|values?)\\s+${quote}(.+?)${quote}\\s+(?:to|in|for)\\s+${the}(.+)$`,
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
    new RegExp(
      `^${the}(.+?)(?:\\s+(?:field|column))?\\s+(?:should|must|needs? to|has to|have to)\\s+(?:be|hold|contain|store|become)\\s+(?:only\\s+)?(?:an?\\s+)?(text|long text|(?:whole )?numbers?|decimal(?: number)?|money|price|date|date and time|datetime|checkbox|flag|yes/no|yes or no|e-?mail(?: address)?|link|url|phone(?: number)?|rating(?: .*)?|(?:choice|dropdown|select) .*|multi-?line(?: text)?)(?:\\s+field)?$`,
      "i",
    ),
    (change, [, name = "", type = ""]) => changeType(change, { name, type }),
  ],
  [
    new RegExp(
      `^(?:limit\\s+|restrict\\s+|let\\s+)?${the}(.+?)\\s+(?:(?:should|must|can|may|has to|have to|needs to)\\s+)?(?:only\\s+)?(?:(?:be|go|to be)\\s+)?((?:between|from|at most|at least|no more than|no less than|up to|to|under) -?\\d+(?:\\.\\d+)?(?:\\s*(?:and|to|-|–)\\s*-?\\d+(?:\\.\\d+)?)?)$`,
      "i",
    ),
    (change, [, name = "", range = ""]) => changeBounds(change, { name, range }),
  ],
  [
    /^rename\s+(?:the )?([^,]+?)$/i,
    (change, [, name = ""]) => {
      const found = findField(name, change.spec)?.field.label.toLowerCase() ?? "author"
      change.notDone.push(
        `Say what “${name}” is to be called, as in “rename ${found} to new ${found}”.`,
      )
    },
  ],
  [/^(?:replace)\s+(?:the )?(.+?)\s+(?:with|by)\s+(.+)$/i, rename],
  [
    /^(.*\b(?:let|allow|filter|sort|order|search|only show|show only|newest|alphabetical(?:ly)?|mark|tick|suggest|recommend|group)\b.*)$/i,
    (change, [text = ""]) => grantWish(change, text),
  ],
  [
    /^(?:show|list|display|see|view)(?: me| us)? (?:(?:only|just|all|the|my) )*((?:today|tomorrow|this week|this month|next week)(?:'s)?|upcoming|overdue|due|late|expired) (.+)$/i,
    (change, [, when = "", what = ""]) =>
      grantWish(change, `show only the ${when.replace(/'s$/, "")} ${what}`),
  ],
  [
    /^change\s+(?:the )?(.+?)\s+(?:to|into)\s+(.+)$/i,
    (change, [, from = "", to = ""]) => {
      if (!/^(?:an?|the) |\b(?:of|with|from)\b/i.test(to)) renameNamed(change, { from, to })
    },
  ],
  [
    /^(?:add|create|introduce|include|have|i (?:also )?(?:want|need)|we (?:also )?(?:want|need)|there should(?: also)? be|also (?:track|keep|record|store|manage)|track|keep track of)\s+(?:(?:an?|the|another|new|second|third|separate|different|extra|other|own)\s+)*(?:list|table|kind of record|kind|entity|collection|section|page|register|catalog(?:ue)?|tab)s?\s+(?:of|for|called|named|to track|to keep)\s+(.+)$/i,
    (change, [, text = ""]) => addEntities(change, { text, certain: true }),
  ],
  [
    /^(?:add|include|keep(?: track of)?|manage|also (?:store|record|track|keep|note|add|save|show)|store|record|track|note|save|give(?: (?:it|them|each \w+|every \w+|the \w+))?|put|introduce|have|with|i (?:also )?(?:want|need|would like)(?: to (?:track|store|record|note|see|have|add|know|also))?|i'd like|we (?:also )?(?:want|need)(?: to (?:track|store|record|note|see|have|add|know))?|there should(?: also)? be|it should(?: also)? have|they should(?: also)? have|(?:each|every) \w+ (?:should|needs to|must)(?: also)? have|extend (?:it|them|the \w+) (?:with|by)|to|see|know|create)\s+(.+)$/i,
    (change, [whole, text = ""]) => addWhatever(change, { text, whole }),
  ],
  [
    /^(?:(?:i|we)(?:'d like| want| need) )?(?:(?:each|every|all|the|an?)\s+)?([\p{L} ]+?)\s+(?:to (?:also )?have|should(?: also)? have|needs?|must(?: also)? have|should(?: also)? (?:store|include|contain|show)|also (?:has|have|need)|has|have)\s+(.+)$/iu,
    (change, [whole, , text = ""]) => addWhatever(change, { text, whole }),
  ],
]

function rename(change: Change, [, from = "", to = ""]: RegExpMatchArray): void {
  renameNamed(change, { from, to })
}

function addWhatever(change: Change, { text, whole }: { text: string; whole: string }): void {
  if (addFlagLike(change, whole)) return
  if (addEntities(change, { text, certain: false })) return
  addFields(change, { text, whole })
}

/** "add isbn after title"; what stands behind "after" must be a field, or it is no place. */
function addBeside(
  change: Change,
  { verb, name, where, beside }: { verb: string; name: string; where: string; beside: string },
): void {
  const at = findField(beside, change.spec)
  if (!at) return
  const before = change.spec.entities.map(({ fields }) => fields.length)
  const text = `${name} to ${at.entity.labelPlural.toLowerCase()}`
  const entity = addFields(change, { text, whole: `${verb} ${text}` })
  const index = entity ? change.spec.entities.indexOf(entity) : -1
  const added = entity?.fields.slice(before[index])
  for (const field of added?.reverse() ?? [])
    moveField(change, { name: field.label, where, beside: at.field.label })
}
