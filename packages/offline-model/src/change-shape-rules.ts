/** What a follow-up can ask of a field that is there: needed, choices, type, bounds. */
import type { Rule } from "./change.ts"
import { quote, the } from "./change-patterns.ts"
import {
  addToChoice,
  changeBounds,
  changeChoices,
  changeNeeded,
  changeType,
} from "./change-shape.ts"

export const shapeRules: Rule[] = [
  [
    new RegExp(
      `^(?:make it so that |make sure (?:that )?)?${the}(.+?)(?:\\s+fields?)?\\s+(?:is|are|can be|may be|could be|need|needs|does|do)(?:\\s+not|n't)?\\s+(?:have to be |need to be |be )?(optional|required|mandatory|needed|left empty|left blank|empty|blank)$`,
      "i",
    ),
    (change, [whole, list = "", how = ""]) => {
      const negated = /\bnot\b|n't\b/i.test(whole)
      const free = !/required|mandatory|needed/i.test(how)
      changeNeeded(change, { list, needed: negated === free })
    },
  ],
  [
    /^(?:do not|don't) require (.+)$/i,
    (change, [, list = ""]) => changeNeeded(change, { list, needed: false }),
  ],
  [
    /^allow (?:empty|blank|missing) (.+)$/i,
    (change, [, list = ""]) => changeNeeded(change, { list, needed: false }),
  ],
  [
    new RegExp(
      `^${the}(.+?) (?:cannot|can't|must not|should not|shouldn't|may not) be negative$`,
      "i",
    ),
    (change, [, name = ""]) => changeBounds(change, { name, range: "at least 0" }),
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
]
