/** What stands behind a field's name: "(number, optional)", "1-5", "in euros", "low / high". */
import type { Field } from "./blueprints/index.ts"
import { guessType, typeNamed } from "./field-types.ts"
import { labelFor } from "./words.ts"

type Found = Partial<Pick<Field, "type" | "choices" | "min" | "max" | "unit">>

export function readDetails(details: string[], name: string): Found {
  return Object.assign({}, ...details.map((text) => readDetail(text.trim(), name)))
}

function readDetail(text: string, name: string): Found {
  return (
    readRange(text, name) ??
    readUnit(text, name) ??
    readType(text, name) ??
    readChoices(text, name) ??
    {}
  )
}

function readRange(text: string, name: string): Found | undefined {
  const two = text.match(
    /^(?:.*?\b(?:from|between|of|scale|score|rating|number|integer|stars?)[:,]?\s+)?(\d{1,4})\s*(?:-|–|to|and|\.\.+|through)\s*(\d{1,4})\s*(?:stars?|points|hearts|scale|inclusive)?\s*(?:scale)?$/i,
  )
  const one = text.match(
    /^(?:out of|up to|max(?:imum)?(?: of)?)\s+(\d{1,4})|^(\d{1,2})[- ]stars?$/i,
  )
  const top = Number(two?.[2] ?? one?.[1] ?? one?.[2])
  if (!two && !one) return undefined
  const min = two ? Number(two[1]) : 1
  if (!(top > min)) return undefined
  const isCount = ["money", "decimal"].includes(guessType(name).type) || top > 10
  const counts = guessType(name).type === "whole_number" && !/score|level|points/i.test(name)
  return { type: isCount || counts ? wholeOrOwn(name) : "rating", min, max: top }
}

function wholeOrOwn(name: string): Field["type"] {
  const own = guessType(name).type
  return own === "money" || own === "decimal" ? own : "whole_number"
}

const units: [RegExp, string, Field["type"]][] = [
  [/^(€|euros?|eur)$/i, "€", "money"],
  [/^(\$|usd|us dollars?|dollars?)$/i, "$", "money"],
  [/^(£|gbp|pounds? sterling|quid)$/i, "£", "money"],
  [/^(%|percent|per cent)$/i, "%", "decimal"],
  [/^(kgs?|kilos?|kilograms?)$/i, "kg", "decimal"],
  [/^(g|grams?)$/i, "g", "decimal"],
  [/^(mg|milligrams?)$/i, "mg", "decimal"],
  [/^(lbs?|pounds?)$/i, "lb", "decimal"],
  [/^(cm|centimet(?:er|re)s?)$/i, "cm", "decimal"],
  [/^(mm|millimet(?:er|re)s?)$/i, "mm", "decimal"],
  [/^(m|met(?:er|re)s?)$/i, "m", "decimal"],
  [/^(km|kilomet(?:er|re)s?)$/i, "km", "decimal"],
  [/^(mi|miles)$/i, "mi", "decimal"],
  [/^(ft|feet|foot)$/i, "ft", "decimal"],
  [/^(in|inch(?:es)?)$/i, "in", "decimal"],
  [/^(oz|ounces?)$/i, "oz", "decimal"],
  [/^(gal|gallons?)$/i, "gal", "decimal"],
  [/^(l|litres?|liters?)$/i, "l", "decimal"],
  [/^(ml|millilit(?:er|re)s?)$/i, "ml", "decimal"],
  [/^(°c|celsius|degrees?( celsius)?)$/i, "°C", "decimal"],
  [/^(min|mins|minutes?)$/i, "min", "whole_number"],
  [/^(hz|hertz)$/i, "Hz", "decimal"],
  [
    /^(bar|psi|kwh|kw|watts?|volts?|amps?|ppm|mph|knots|m2|sqm|hectares?|acres?|mmhg)$/i,
    "",
    "decimal",
  ],
  [/^((?:[mkµ]?g|[mk]?l|km|m|miles?) ?\/ ?(?:d?l|ml|kg|m3|h|hr|s|min|100 ?g))$/i, "", "decimal"],
  [/^(s|sec|secs|seconds?)$/i, "s", "whole_number"],
  [/^(h|hrs?|hours?)$/i, "h", "decimal"],
  [/^(days?)$/i, "days", "whole_number"],
  [/^(weeks?)$/i, "weeks", "whole_number"],
  [/^(months?)$/i, "months", "whole_number"],
  [/^(years?)$/i, "years", "whole_number"],
]

function readUnit(text: string, name: string): Found | undefined {
  const bare = text.replace(/^(?:number |amount |value )?(?:of|in|as)\s+(?:the )?/i, "").trim()
  const unit = units.find(([pattern]) => pattern.test(bare))
  if (!unit) return undefined
  const own = guessType(name).type
  if (own === "money" && unit[1] === "lb") return { type: "money", unit: "£" }
  return {
    type: own === "decimal" && unit[2] === "whole_number" ? own : unit[2],
    unit: unit[1] || bare,
  }
}

function readType(text: string, name: string): Found | undefined {
  if (/^(?:with|incl(?:uding|\.)?|and) (?:the |its )?time$/i.test(text)) return { type: "datetime" }
  const words = text
    .split(/\s*[,;]\s*|\s+\/\s+/)
    .map((word) => word.replace(/^(?:an?|as|is|as an?|in|is an?|type)\s+/i, ""))
  const plainChoices = words.length > 1 && !words.every(isAboutType)
  for (const word of plainChoices ? [] : words) {
    const type = typeNamed(word.replace(/\s+(?:field|value|input)$/i, ""), name)
    if (type) return { type }
  }
  if (/^(?:yes|y|true) ?(?:\/|or|,|\|) ?(?:no|n|false)$/i.test(text)) return { type: "flag" }
  const first = words[0]?.match(
    /^(?:whole |short |long |free )?(text|number|date|paragraph|checkbox)\b/i,
  )
  const type = first?.[1]
    ? typeNamed(/long/i.test(words[0] ?? "") ? "long text" : first[1], name)
    : undefined
  return type ? { type } : undefined
}

/** "number, optional, up to 10" is about one type; "sketch, colour, final" are choices. */
function isAboutType(word: string): boolean {
  if (/^[€$£]+$/.test(word)) return false
  return (
    typeNamed(word.replace(/\s+(?:field|value|input)$/i, "")) !== undefined ||
    /\d|^(?:in|max|min|from|up to|optional|required|mandatory|unique|default|e\.?g|for|with|can|may|must|not|as|if|only|no|short|long|whole|free|multi-?line|yes|y|n|true|false|positive|auto\w*|nullable|indexed)\b/i.test(
      word,
    )
  )
}

/** "(what goes into it, by weight)", "(the building and box)": a remark, and nothing to choose. */
const explains =
  /(?:^|, )(?:what|who|where|usually|sometimes|often|because|so|if|by|just|see)\b|^(?:the )?\p{L}+ and (?:the )?\p{L}+$/iu

/** At least two short words in a row, or any number of them for a field that is a choice by name. */
function readChoices(text: string, name: string): Found | undefined {
  if (explains.test(text)) return undefined
  if (
    /^(?:e\.?g\.?|for example|like|such as|i\.?e\.?)[,:]?\s/i.test(text) &&
    !text.includes("/") &&
    guessType(name).type !== "choice" &&
    !/category|type|kind|genre|status/i.test(name)
  )
    return undefined
  const listed = text
    .replace(
      /^(?:e\.?g\.?|for example|like(?! new\b)|such as|i\.?e\.?|one of|either|can be|choice of|choose from|choices|options|select from|dropdown|drop-down|values|possible values|any of|out of)[,:]?\s+/i,
      "",
    )
    .replace(/^(?:dropdown|choice|select|options?|enum|choices)\s*[:,-]\s*/i, "")
  const choices = listed
    .split(/\s*(?:[,;|/]|\bor\b|\band\b)\s*/i)
    .map((choice) =>
      choice
        .replace(/^["'“”‘’]+|["'“”‘’.]+$/g, "")
        .replace(/\b(?:optional|required|default)\b/gi, "")
        .replace(/^(?:or|and|a|an)\s+/i, "")
        .trim(),
    )
    .filter(
      (choice) =>
        choice !== "" && !/^(?:etc|\.+|…|and so on|mostly|usually|generally)\.?$/i.test(choice),
    )
  if (
    choices.length < 2 ||
    choices.some((choice) => choice.length > 40 || choice.split(/\s+/).length > 4)
  )
    return undefined
  if (choices.every((choice) => /^(?:yes|no|y|n|true|false)$/i.test(choice)))
    return { type: "flag" }
  return { type: "choice", choices: [...new Set(choices.map(choiceText))].slice(0, 20) }
}

/** A choice as it was written, without what would not be a label. */
function choiceText(choice: string): string {
  const clean = labelFor(choice)
  return /^[A-Z]/.test(choice) ? clean : clean[0]?.toLowerCase() + clean.slice(1)
}
