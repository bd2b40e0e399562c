/** One item of an enumeration ("a finished flag", "how often they need water") → one field. */
import type { Field } from "./blueprints/index.ts"
import { readDetails } from "./field-details.ts"
import { guessType } from "./field-types.ts"
import { isKnown } from "./known-entities.ts"
import { fromQuestion } from "./question-fields.ts"
import { identifier, labelFor, singular } from "./words.ts"

/** A field whose name is not yet fitted among its siblings. */
export type FieldDraft = Omit<Field, "name"> & { words: string }

/** The field an item describes; undefined when nothing in it can name one. */
export function readField(item: string): FieldDraft | undefined {
  const { name: spoken, details, required } = takeApart(item.replace(whateverElse, "notes"))
  const asked = fromQuestion(spoken)
  const named = oneOfMany(asked ? plainName(asked.words) : tidyName(spoken))
  if (identifier(named) === "") return undefined
  const guess = asked?.guess ?? guessType(named)
  const found = readDetails(details, named)
  const words = found.choices ? nameOfChoice(named, spoken) : named
  const draft: FieldDraft = { words, label: labelFor(words), ...guess, ...found, required }
  return consistent(draft)
}

/** "how often it's done (daily, weekly)" counts no days, and "how it felt (great, ok)" no stars. */
function nameOfChoice(named: string, spoken: string): string {
  if (/^how often\b/i.test(spoken)) return "frequency"
  return /^how\b/i.test(spoken) && /^(?:mood|rating)$/i.test(named) ? plainName(spoken) : named
}

/** Separates "pages (number, optional)", "status: a / b", "price - in euros" into name and details. */
function takeApart(item: string): { name: string; details: string[]; required: boolean } {
  let name = item
    .trim()
    .replace(/[.!?;:]+$/, "")
    .replace(/["“”]|(?<![\p{L}\d])'|'(?![\p{L}\d])/gu, "")
  const details: string[] = /\?\s*$/.test(item) ? ["yes/no"] : []
  if (bareChoices.test(name)) details.push(name)
  name = name.replace(/\s*[([{]([^()[\]{}]*)[)\]}]/g, (_, inside: string) => {
    details.push(inside)
    return " "
  })
  const parts = name.match(/^([^:=]{2,40}?)\s*(?::|=|\s[-–—]\s|→|->)\s*(.+)$/)
  if (parts?.[1] && parts[2]) {
    name = parts[1]
    details.push(parts[2])
  }
  const required = /\b(required|mandatory|must[- ]have|obligatory|compulsory)\b/i.test(item)
  name = name.replace(
    /\b(optional(ly)?|required|mandatory|obligatory|compulsory|must[- ]have)\b(?: field)?/gi,
    " ",
  )
  const bare = name.replace(/\s+/g, " ").trim()
  const [, own, about] = bare.match(/^([^,]{2,40}),\s+(?:(?:an?|in|as) )?([^,]+)$/i) ?? []
  if (own && about && readDetails([about], own).type) {
    return { ...trailing(leading(own), [...details, about], false), required }
  }
  const definite = /^(?:the|its|a|an) /i.test(bare)
  return { ...trailing(leading(bare), details, definite), required }
}

const openings =
  /^(?:(?:and|or|also|then|plus(?! ones?\b)|maybe|possibly|optionally|including|like|such as|with|the|a|an|its|it's|(?:their|our)(?! (?:goals|score|points|runs|tries)\b)|his|her|my|your|own|some|any|each|every|one|just|simple|short|current|exact|basic|several|multiple|various|different|few|little|free|a list of|lists? of|a set of|a couple of|info(?:rmation)? (?:about|on)|details (?:about|of|on)|something (?:like|for)|an? (?:(?:long|longer|big|large|bigger|short|small|free|free-?\s?form|free-?text|freetext|open|plain|multi-?line|optional|separate|simple|nice|text|notes?|date|number|numeric|money|choice|url|link|phone|e-?mail),?\s+)*(?:text ?area|field|column|place|space|box|area|option|spot|input|entry|text field|date field|number field|checkbox|check box|flag|toggle|tick box|yes\/no|yes-no|yes or no|dropdown|drop-down|select|rating)(?: field)? (?:for|to|called|named|with|that says|saying|of|indicating|showing|telling)(?: (?:the|whether|if))?)\s+)+/i

function leading(name: string): string {
  const room = /^(?:lots of|plenty of|enough|some|a bit of|much) (?:room|space) (?:for|to write) /i
  if (room.test(name)) return `${name.replace(room, "")} long text`
  const long =
    /^(?:an? )?(?:(?:long|longer|big|large|multi-?line|free-?\s?form|free-?text|optional|text),?\s+)*(?:long|longer|big|large|multi-?line|free-?\s?form|free-?text),?\s+(?:(?:text|notes?)\s+)?(?:text ?area|field|box|area|space|text|column) (?:for|to|called|named|of|with)\s+/i
  if (long.test(name)) return `${name.replace(long, "").replace(openings, "")} long text`
  const flag =
    /^(?:an? )?(?:checkbox|check box|flag|toggle|tick ?box|yes\/no|yes-no)(?: field)? (?:for|to|called|named|that says|saying|indicating|whether)(?: (?:the|whether|if|it'?s|it is|mark(?:ing)?(?: it)? as))*\s+/i
  if (flag.test(name)) return `${name.replace(flag, "")} flag`
  return name.replace(openings, "")
}

/** "wing length mm" */
const bareUnit =
  /^(.*\b(?:length|width|height|weight|depth|diameter|distance|volume|size|wingspan|girth|dose|thickness)) (mm|cm|m|km|mg|g|kg|ml|l|oz|lbs?|ft|in|inches)$|^([\p{L}\p{N}]+(?: \p{L}+)?) (ppm|hz|°[cf]|psi|mg\/l)$/iu

const typeSuffix =
  /\s+(?:(?:as|in|is|of type) )?(?:an? )?(flag|checkbox|check box|toggle|\(?yes\/no\)?|yes or no|yes, no|yes-no|y\/n|boolean|bool|tick ?box|text field|number field|date field|field|column|long text|whole number|decimal number|as text|as a number|as number|as date|as a date|as money|dropdown|drop-?down|select|picker|selector)$/i

const scale =
  /[,\s]*\b(?:(?:on a scale |ranging |going |scale )?(?:from |of |between )?)(\d+)\s*(?:-|–|to|and|\.\.|through)\s*(\d+)(?:\s*(stars?|points|hearts))?$/i
const outOf = /\s+(?:out of|up to|max(?:imum)?(?: of)?)\s+(\d+)(?:\s*(?:stars?|points))?$/i
const scaleBefore = /^(\d+)\s*(?:-|–|to)\s*(\d+)\s+(?:star )?/i
const inUnit =
  /\s+in (?:the )?(€|\$|£|%|°[cf]|euros?|eur|usd|dollars?|gbp|pounds?|kilograms?|kilos?|kgs?|grams?|g|mg|milligrams?|lbs?|cm|centimet(?:er|re)s?|met(?:er|re)s?|m|mm|km|kilomet(?:er|re)s?|miles|minutes|mins?|hours?|hrs?|days?|weeks?|months?|years?|seconds?|ml|fl oz|oz|ounces|feet|foot|ft|inch(?:es)?|yards?|gallons?|litres?|liters?|celsius|percent|degrees|bar|psi|kwh|kw|watts?|volts?|amps?|hz|hertz|ppm|mph|knots|m2|sqm|hectares?|acres?|mmhg)$/i
const strokedChoices =
  /\s+(?:can be|could be|is|are|either|one of)?\s*([\p{L}\d-]+(?: ?\/ ?[\p{L}\d -]+)+)$/u

/** Moves what stands around a name to its details: units, scales, types, choices. */
function trailing(
  name: string,
  details: string[],
  definite: boolean,
): { name: string; details: string[] } {
  const moved = (text: string) => {
    details.push(text.replace(/^[,\s]+/, "").trim())
    return ""
  }
  const rest = name
    .replace(/\s+(?:or not|on or off|on\/off)$/i, () => moved("yes/no"))
    .replace(scale, moved)
    .replace(outOf, moved)
    .replace(scaleBefore, moved)
    .replace(typeSuffix, (_, type: string) => moved(type))
    .replace(inUnit, moved)
    .replace(strokedChoices, (found, choices: string, at: number) => {
      const isFlag = /^(?:yes|y|true) ?\/ ?(?:no|n|false)$/i.test(choices)
      moved(isFlag ? "yes/no" : choices)
      return at === 0 ? found : ""
    })
    .replace(
      bareUnit,
      (_, ...[own, unit, thing, measure]: string[]) =>
        `${own ?? thing}${moved(unit ?? measure ?? "")}`,
    )
    .replace(sides, (_, one: string, other: string, own: string) => {
      moved(`${one}, ${other}`)
      return own
    })
    .replace(eitherOr, (found, own: string, one: string, other: string) => {
      // "the lake or river" is whichever of the two it was, by its name
      if (definite || /^(?:yes|no|not|so)$/i.test(other) || /^yes$/i.test(one)) return found
      moved(`${one}, ${other}`)
      return own.trim() || found
    })
  return { name: rest.trim(), details }
}

/** "home or away", "arm left or right" */
const eitherOr = /^((?:\p{L}+ )?)(\p{L}+) or (\p{L}+)$/u

/** "number of pages" → "pages", "the price I paid" → "price", "date I bought it" → "date bought". */
function tidyName(text: string): string {
  const name = text
    .replace(
      /^(?:the )?(?:total )?(?:number|amount|count|quantity|no\.?) of (?=(?:the )?(?:pages|seats|rooms|people|guests|items|copies|sets|reps|servings|bottles|hours|players|episodes|seasons|chapters|bedrooms|bathrooms|calories|days|kilometers|minutes|portions|tracks|employees|eggs))/i,
      "",
    )
    .replace(/^(?:the )?names? of (?:the |its |their |an? )?/i, (found) =>
      /^names? of/i.test(found) ? "" : found,
    )
    .replace(
      /^(date|day|time|place|price|year|month) (?:when |that |where )?(?:i|we|they|it|he|she|you) (?:was |were |got |have |had |last )?(\w+(?:ed|t|n|ght|d|k|m|e|ft|me))(?: (?:it|them|that|this|him|her))?((?: (?:in|out|up|back|off|on|down|away|over))?)(?: (?:it|them|that|this|him|her))?$/i,
      "$1 $2$3",
    )
    .replace(
      /\s+(?:that |which |who )?(?:i|we|they|it|he|she|you|people|users)(?:'ve|'d|'s|'re)?(?:\s.*)?$/i,
      "",
    )
    .replace(
      /^(?:the )?(year|age|colou?r|size|weight|height|length|address|phone|phone number|e-?mail|condition|make|model|breed|number|place|city) of (?:the|its|their|his|her|my|our) (\p{L}+)$/iu,
      (found, what: string, whose: string) => (isKnown(whose) ? found : `${whose} ${what}`),
    )
    .replace(
      /\s+(?:for|of|on|about|in|to|during|throughout)\s+(?:the|each|every|my|our|an?|it|how|what|why|them|that|this|their|its|every one)(?:\s.*)?$/i,
      "",
    )
    .replace(
      /\s+(?:if (?:any|known|possible|needed|there is one|(?:something|anything|it|they|there) .*)|for (?:reference|later|example)|so (?:i|we|that)\b.*|because\b.*|too|obviously|of course|naturally|as well|etc\.?|and so on|maybe|please|or not|or so|or whatever|per (?:item|unit|piece|entry|book|record))$/i,
      "",
    )
    .replace(/\s+(?:that|which)\s+\p{L}+.*$/iu, "")
    .replace(/^(?:what|which|whose) /i, "")
    .replace(madeBy, "")
    .trim()
  return plainName(name || text)
}

/** "home/away" and "male/female/unknown" name nothing but what to choose from. */
const bareChoices =
  /^(?:(?:\p{L}+\/){2,}\p{L}+|home\/away|away\/home|male\/female|female\/male|m\/f|f\/m|won\/lost|win\/loss|in\/out|left\/right|sun\/shade|indoor\/outdoor)$/iu
/** "left or right arm" */
const sides =
  /^(left|right|upper|lower|front|back|hot|cold|inner|outer|indoor|outdoor|male|female) or (\p{L}+) (\p{L}+)$/iu

const whateverElse = /^(?:and )?(?:whatever|anything|everything) else\b.*$/iu

/** "written by an author" is an author. */
const madeBy =
  /^(?:written|painted|composed|directed|published|recorded|owned) by (?:an? |the |one )(?=\p{L}+$)/iu

/** At most six words without signs. */
function plainName(text: string): string {
  return text
    .split(/\s+/)
    .slice(0, 6)
    .join(" ")
    .replace(/[^\p{L}\p{N}%€$£&'’ /+-]/gu, "")
    .replace(/\//g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 48)
}

/** "priorities and due dates" of one record are a priority and a due date. */
function oneOfMany(words: string): string {
  const one = singular(words.replace(/^(date|place|name|time|number)s of /i, "$1 of "))
  if (
    one === words ||
    /\b(?:ends|starts|expires|begins|runs|hours|minutes|days|weeks|points|sets|reps|details|directions|links|address|notes|comments|tips|steps|reviews)$/i.test(
      words,
    )
  )
    return words
  const type = guessType(one).type
  const single =
    ["choice", "date", "datetime", "money", "rating", "email", "phone", "url"].includes(type) ||
    /\b(?:category|title|name|genre|author)$/i.test(one)
  return single ? one : words
}

/** Makes the parts of a draft agree: a rating has bounds, only a choice has choices. */
function consistent(draft: FieldDraft): FieldDraft {
  const { choices, min, max, ...rest } = draft
  if (rest.type === "choice") {
    const { unit: _, ...chosen } = rest
    return choices && choices.length > 0 ? { ...chosen, choices } : { ...chosen, type: "text" }
  }
  if (rest.type === "rating") return { ...rest, min: min ?? 1, max: max ?? 5 }
  const bounds = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
  const numeric = ["whole_number", "decimal", "money"].includes(rest.type)
  const { unit, ...unitless } = rest
  return numeric ? { ...rest, ...bounds } : unit === undefined ? rest : unitless
}

/** Whether an item names another entity: "a client", "the assigned person". */
export function namesEntity(
  words: string,
  entity: { name: string; plural: string; label: string },
): boolean {
  const plain = (text: string) => identifier(singular(text.toLowerCase()))
  const asked = plain(
    words
      .replace(/\b(?:id|name|reference|ref|link)$/i, "")
      .replace(
        /^(?:(?:link|reference|belongs?|connected|assigned|linked) to (?:an? |the |one )?|(?:assigned|responsible|chosen|main|primary|related|linked) )/i,
        "",
      ),
  )
  // the candidate of an interview is a job candidate
  const short = asked.length > 3 && entity.name.endsWith(`_${asked}`)
  return asked === entity.name || plain(entity.label) === asked || short
}
