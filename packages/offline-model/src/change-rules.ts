/** What a follow-up can ask for, each as a pattern and what it does to the spec. */
import type { Change, Rule } from "./change.ts"
import { addFields, addFlagLike } from "./change-add.ts"
import { addEntities } from "./change-entities.ts"
import { findEntity, findField, missing } from "./change-find.ts"
import { areFieldNames } from "./change-guard.ts"
import { moveField } from "./change-order.ts"
import { quote, the } from "./change-patterns.ts"
import { tie } from "./change-relations.ts"
import { bringBack, removeNamed, untie } from "./change-remove.ts"
import { renameNamed } from "./change-rename.ts"
import { removeChoice } from "./change-shape.ts"
import { shapeRules } from "./change-shape-rules.ts"
import { grantWish } from "./change-wishes.ts"
import { splitItems } from "./lists.ts"

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
    /^(?:an?|each|every|one|the)?\s*([\p{L} ]+?)\s+(?:should |must |can |could |will |may )*(?:have|has|own|owns|contain|contains)\s+(?:many|several|multiple|more than one|any number of|one or more|lots of)\s+(.+)$/iu,
    (change, [, to = "", of = ""]) => {
      const [, one = of, fields = ""] =
        of.match(/^([\p{L} ]+?)((?:,? with |\s*:|\s*\().+)$/iu) ?? []
      if (fields && findEntity(to, change.spec))
        addEntities(change, { text: `${one} for each ${to}${fields}`, certain: true })
      else tie(change, { of, to })
    },
  ],
  [
    new RegExp(
      `^(?:rename|(?:change|set) the (?:name|title) of|relabel)\\s+${the}${quote}(.+?)${quote}(?:\\s+(?:field|column|property))?\\s+(?:to|as|into|=>|->)\\s+(.+)$`,
      "i",
    ),
    rename,
  ],
  [/^["']?([\p{L} ]+?)["']?\s*(?:->|=>|→)\s*["']?([^"']+?)["']?$/u, rename],
  [/^["']([^"']+)["'] should be ["']([^"']+)["']$/i, rename],
  [
    /^(?:use|say) ["']?(.+?)["']? instead of ["']?(.+?)["']?$/i,
    (change, [, to = "", from = ""]) => {
      renameNamed(change, { from, to })
    },
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
    /^(?:(?:remove|delete|drop|cut) (?:the )?(?:link|connection|tie|relation(?:ship)?)s? (?:between|of|from)|unlink|disconnect|untie|detach) (?:the |each |all )?([\p{L} ]+?) (?:and|from|to|with) (?:the |each |all |their |its )?([\p{L} ]+)$/iu,
    (change, [, one = "", other = ""]) => {
      untie(change, { one, other })
    },
  ],
  [
    /^(?:change|extend|update|adapt) (?:the )?([\p{L} ]+?) (?:to|so (?:that )?(?:it|they)) (?:also )?(?:have|has|include|contain|store|keep|note) (.+)$/iu,
    (change, [, owner = "", text = ""]) => addTo(change, { text, owner }),
  ],
  [
    /^(?:remove|delete|take|drop)\s+(.+?)\s+(?:from|out of|as (?:an? )?(?:option|choice|value) (?:from|of|for|in))\s+(?:the )?(?:options? (?:of|for|in) |choices? (?:of|for|in) )?(.+)$/i,
    (change, [, values = "", field = ""]) => {
      removeChoice(change, { values, field })
    },
  ],
  [
    /^(?:remove|delete|drop|kill|no(?= filter)|erase|scrap|discard|get rid of|take (?:out|away)|lose|hide|no longer (?:track|store|need|show)|(?:(?:i|we) )?(?:don't|do not|no longer) (?:need|want)|stop (?:tracking|storing)|without)\s+(.+)$/i,
    (change, [whole, list = ""]) => {
      const { spec } = change
      if (/^hide/i.test(whole) && !findField(list, spec) && !findEntity(list, spec))
        grantWish(change, whole)
      else removeNamed(change, list)
    },
  ],
  ...shapeRules,
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
    /^(.*\b(?:let|allow|filter(?:ed|able)?|sort(?:ed|able)?|order(?:ed)?|search(?:able)?|first|only show|show only|newest|alphabetical(?:ly)?|mark|tick|suggest|recommend|group)\b.*)$/i,
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
    /^(?:add|create|make|introduce)\s+(?:an?\s+)?(?:new\s+)?(?:table|entity|kind of record|record type)\s+(?:(?:called|named|of|for)\s+)?([\p{L} ]+?(?:\s*\(|:|,? with ).+)$/iu,
    (change, [, text = ""]) => {
      addEntities(change, { text, certain: true })
    },
  ],
  [
    /^(?:add|create|introduce|include|have|i (?:also )?(?:want|need)|we (?:also )?(?:want|need)|there should(?: also)? be|also (?:track|keep|record|store|manage)|track|keep track of)\s+(?:(?:an?|the|another|new|second|third|separate|different|extra|other|own)\s+)*(?:list|table|kind of record|kind|entity|collection|section|page|register|catalog(?:ue)?|tab)s?\s+(?:of|for|called|named|to track|to keep)\s+(.+)$/i,
    (change, [, text = ""]) => addEntities(change, { text, certain: true }),
  ],
  [
    /^(?:add|include|keep(?: track of)?|manage|also (?:store|record|track|keep|note|add|save|show)|store|record|track|note|save|give(?: (?:it|them|each \w+|every \w+|the \w+))?|put|introduce|have|with|i (?:also )?(?:want|need|would like)(?: to (?:track|store|record|note|see|have|add|know|also))?|i'd (?:also )?(?:like|love|need)|we (?:also )?(?:want|need)(?: to (?:track|store|record|note|see|have|add|know))?|there should(?: also)? be|it should(?: also)? have|they should(?: also)? have|(?:each|every) \w+ (?:should|needs to|must)(?: also)? have|extend (?:it|them|the \w+) (?:with|by)|to|see|know|create)\s+(.+)$/i,
    (change, [whole, text = ""]) => addWhatever(change, { text, whole }),
  ],
  [
    /^(?:(?:i|we)(?:'d like| want| need) )?(?:(?:each|every|all|the|an?)\s+)?([\p{L} ]+?)\s+(?:to (?:also )?have|should(?: also)? have|needs?|must(?: also)? have|should(?: also)? (?:store|include|contain|show)|also (?:has|have|need)|has|have)\s+(.+)$/iu,
    (change, [whole, , text = ""]) => addWhatever(change, { text, whole }),
  ],
  [
    /^(?:i|we|you) (?:forgot|missed|left out)(?: to (?:add|mention|include|ask for|note))? (.+)$/i,
    missed,
  ],
  [/^(.+?) (?:is|are) (?:still )?missing$/i, missed],
  [
    /^there(?:'s| is) no (?:field|column|place|room|way to (?:note|record))(?: for| to (?:note|record|store))? (.+)$/i,
    missed,
  ],
  [
    /^(.+?) (?:can be|should be|is|must be|may be)(?: one of| either)?:? ((?:[^,]+, )+(?:or )?.+|\S+ or \S+)$/i,
    (change, [, name = "", values = ""]) => {
      const owner = findField(name, change.spec)?.entity.labelPlural
      const text = `${name} (${values.replace(/,?\s+or\s+/i, ", ")})${owner ? ` to ${owner}` : ""}`
      addFields(change, { text, whole: `add ${text}` })
    },
  ],
  [
    /^(?:a )?new (?:list|table|entity|kind of record): (.+)$/i,
    (change, [, text = ""]) => {
      addEntities(change, { text, certain: true })
    },
  ],
  [/^([\p{L} ]+): (.+)$/u, (change, [, owner = "", text = ""]) => addTo(change, { text, owner })],
  [/^(.+)$/, addBare],
]

function rename(change: Change, [, from = "", to = ""]: RegExpMatchArray): void {
  renameNamed(change, { from, to })
}

/** "pets: breed, colour" and "change owners to have an address"; "species: dog, cat" are choices. */
function addTo(change: Change, { text, owner }: { text: string; owner: string }): void {
  const entity = findEntity(owner, change.spec)
  const found = entity ? undefined : findField(owner, change.spec)
  if (entity) addWhatever(change, { text: `${text} to ${owner}`, whole: `add ${text} to ${owner}` })
  else if (found) {
    const wanted = `${owner} (${text}) to ${found.entity.labelPlural}`
    addFields(change, { text: wanted, whole: `add ${wanted}` })
  }
}

function addWhatever(change: Change, { text, whole }: { text: string; whole: string }): void {
  if (addFlagLike(change, whole)) return
  const [, list = "", owners = ""] = text.match(/^(.+?) (?:to|for|on|in) (.+)$/i) ?? []
  const every =
    /^(?:everything|(?:all|every|each)(?: of (?:them|the lists))?(?: (?:the )?(?:lists?|tables?|kinds?|records?))?)$/i.test(
      owners,
    )
  const named = every
    ? change.spec.entities
    : splitItems(owners).map((each) => findEntity(each, change.spec))
  if (named.length > 1 && named.every((entity) => entity !== undefined)) {
    for (const { labelPlural } of named) {
      const one = `${list} to ${labelPlural}`
      addFields(change, { text: one, whole: `add ${one}` })
    }
    return
  }
  if (addEntities(change, { text, certain: false })) return
  addFields(change, { text, whole })
}

function missed(change: Change, [, text = ""]: RegExpMatchArray): void {
  addWhatever(change, { text, whole: `add ${text}` })
}

/** "and a language", "publisher, year": nothing but names that fields have. */
function addBare(change: Change, [whole = ""]: RegExpMatchArray): void {
  const text = whole
    .replace(/^(?:(?:and|also|plus|maybe|or|oh)\s+)+/i, "")
    .replace(/\s+(?:too|as well|also)$/i, "")
  const listed = /^[\p{L} ]+s(?: with |: | \()/u.test(text)
  if (listed && addEntities(change, { text, certain: false })) return
  if (areFieldNames(text)) addFields(change, { text, whole: `add ${text}` })
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
