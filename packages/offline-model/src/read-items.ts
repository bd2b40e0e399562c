/** Turning the items of an enumeration into fields of one entity. */
import { beyond, isPicture, pictureLimit } from "./beyond.ts"
import { soundsLikeField } from "./field-types.ts"
import { isKnown } from "./known-entities.ts"
import { fullName } from "./links-in-text.ts"
import type { FieldDraft } from "./read-field.ts"
import { readField } from "./read-field.ts"
import type { EntityDraft, Sketch } from "./sketch.ts"
import { addFields, findEntity } from "./sketch.ts"
import { isPlural, labelFor, singular } from "./words.ts"

const mostFields = 30

/** Adds what an item says to an entity; what it cannot be goes to the leftovers. */
export function addItem(sketch: Sketch, entity: EntityDraft, item: string): void {
  const text = ofItself(
    item
      .trim()
      .replace(
        /^(?:with(?! \p{L}+ or not)|having|(?:has|have)(?= (?:an?|the|its|their)\b)|including|contain(?:s|ing)?)\s+/iu,
        "",
      ),
    entity,
  )
  if (text === "" || entity.fields.length >= mostFields || isFiller(text)) return
  if (isOrder.test(text)) {
    sketch.leftovers.push(text)
    if (beyond(text).length === 0) sketch.notes.push(notBuilt(text))
    return
  }
  const marked = text.match(
    /^(?:the |an? )?(?:option|ability|possibility|way|button|place|toggle)s? (?:to|for) (?:mark|tick|check|flag|set|marking|ticking)(?:ing)?(?:\s+\p{L}+){0,3}?\s+(?:as|off as|off)\s*(?:being )?(\p{L}+)?/iu,
  )
  if (marked) {
    addFields(entity, [flag(marked[1] ?? "done")])
    return
  }
  if (isPicture(text)) {
    addPicture(sketch, entity, text)
    return
  }
  const link = linkWords(text)
  const target = link && findEntity(sketch, link)
  const whole = link && fullName(link, sketch.linkable)
  const later = whole !== entity.name && sketch.linkable.some((name) => name === whole)
  if (link && whole && (later || (target && target !== entity))) {
    addFields(entity, [{ ...reference(link), to: whole }])
    return
  }
  const field = readField(text)
  if (
    beyond(text).length > 0 &&
    !(
      field &&
      text.split(/\s+/).length < 8 &&
      (field.type !== "text" || soundsLikeField(field.words))
    )
  ) {
    sketch.leftovers.push(text)
    return
  }
  if (field && plausible(field)) addFields(entity, [field])
  else sketch.leftovers.push(text)
}

/** "name of the medicine" among the fields of a medicine is its name. */
function ofItself(text: string, entity: EntityDraft): string {
  const match = text.match(
    /^(.{2,30}?) of (?:the |each |every |my |our |a |an |this |that )?(\p{L}+)(\s*\(.*\))?$/iu,
  )
  const whose = singular(match?.[2]?.toLowerCase() ?? "")
  const own =
    !/\b(?:number|amount|count|total|kind|type|list|group)s?$/i.test(match?.[1] ?? "") &&
    whose !== "" &&
    (whose === entity.name || entity.name.endsWith(` ${whose}`))
  return own ? `${match?.[1]}${match?.[3] ?? ""}` : text
}

const notBuilt = (text: string) =>
  `“${text.length > 60 ? `${text.slice(0, 59)}…` : text}” is not built: the app keeps records and lists, filters and sorts them.`

/** "give me turn by turn directions": something to do, and nothing to note. */
const isOrder =
  /^(?:(?:also|then|please|automatically|and)\s+)*(?:(?:the|my|our|all) \p{L}+s (?:should|must|can|could|may|will)(?: also| then| be able to)? (?!be\b|have\b|not\b)\p{L}+|(?:give|tell|show|send|let|help|warn|notify|remind|alert|ask|charge|bill|invite|teach|recommend|suggest)s? (?:me|us|them|people|everyone|everybody|users?|members|customers|clients|him|her|you)|(?:see|view|watch|compare|visuali[sz]e) (?:my|our|your|how|the|their|if|whether|what|which)|(?:draw|plot|scan|print|export|import|upload|download|sync|translate|calculate|generate|predict|integrate|connect|play|stream) (?:the|a|an|my|our|it|them|all|with|to|from|some)|(?:get|receive) (?:an? )?(?:\p{L}+ )?(?:e-?mails?|notifications?|reminders?|alerts?|sms|texts?|messages?)|(?:leave|post|write|submit|add) (?:reviews|comments|feedback|ratings|messages)|(?:pay|log|sign) (?:by|in|up|with|online))\b/iu

export function flag(words: string): FieldDraft {
  return { words, label: labelFor(words), type: "flag", required: false }
}

function reference(words: string): FieldDraft {
  return { words, label: labelFor(words), type: "reference", required: false, to: words }
}

function linkWords(text: string): string | undefined {
  return text.match(
    /^(?:an? |the )?(?:link|reference|connection|relation|pointer) to (?:an? |the |its |their )?(.+)$/i,
  )?.[1]
}

function addPicture(sketch: Sketch, entity: EntityDraft, text: string): void {
  const words = `${text
    .replace(/\s*\(.*\)/, "")
    .replace(/^(?:an? |the |some |my )?(?:optional )?/i, "")
    .replace(/\s+(?:upload|uploads)$/i, "")
    .split(/\s+/)
    .slice(-2)
    .join(" ")} link`
  const spoken = words.replace(/^(?:of|with|for|the) /, "")
  sketch.leftovers.push(pictureLimit === "" ? text : `upload ${text}`)
  addFields(entity, [{ words: spoken, label: labelFor(spoken), type: "url", required: false }])
}

function plausible({ words }: FieldDraft): boolean {
  return (
    words.split(/\s+/).length <= 6 &&
    !/^(?:it|them|that|this|more|others?|things|stuff|so|on|i|we|you|all|fields?|columns?|data|info|information|following|app|the like)$/i.test(
      words,
    )
  )
}

function isFiller(text: string): boolean {
  return /^(?:etc\.?|and so on|so on|the like|more|stuff|such|things like that|whatever|that'?s (?:it|all)|thanks?|thank you|please|nothing else|the usual|the usual (?:fields|stuff|things)|all that|everything|anything else|\.+|…)$/i.test(
    text,
  )
}

/** Whether items in a row read as fields rather than as things of their own. */
export function looksLikeFieldItem(item: string): boolean {
  const bare = item
    .replace(/\s*\(.*\)/, "")
    .replace(/\s+in (?:the )?\S+$/i, "")
    .trim()
  const thing = bare
    .replace(/^(?:the|its|their|all|my|our)\s+/i, "")
    .replace(/\s+(?:i|we|they|you|that|which|who)\s.*$/i, "")
  if (
    !/^its|^their/i.test(bare) &&
    isPlural(thing) &&
    isKnown(singular(thing.toLowerCase())) &&
    !fieldPlurals.test(thing)
  )
    return false
  if (/^(?:when|how|whether|who|where|if|what|why|its|their|the |an? |did|is |has )/i.test(bare))
    return true
  if (/\b(?:flag|checkbox|date|number|field|name|rating|yes\/no)s?$/i.test(bare)) return true
  if (isPlural(bare) && isKnown(singular(bare.toLowerCase())) && !fieldPlurals.test(bare))
    return false
  const field = readField(item)
  if (!field) return false
  const named = field.type !== "text" || soundsLikeField(field.words)
  return (
    named || /\s(?:by|to|from|at|of|for|with)$/i.test(bare) || (!isPlural(bare) && /\(/.test(item))
  )
}

const fieldPlurals =
  /\b(?:notes|pages|sets|reps|servings|calories|ingredients|steps|instructions|tags|details|comments|hours|minutes|guests|players|points|directions|scores|links|reviews|copies|seats|repetitions|authors|genres|allergies|attendees|participants|weights|exercises|measurements|symptoms|materials|tools|keywords|reminders|payments)$/i
