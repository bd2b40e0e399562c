/** Follow-ups that a change of the records cannot answer, each with a sentence that says so. */

import { beyond } from "./beyond.ts"
import type { AppSpec } from "./blueprints/index.ts"
import { entityIn, findEntity, inWords, many } from "./change-find.ts"

const back =
  /^(?:undo|redo|revert|roll ?back)\b.*$|^(?:i |we )?changed (?:my|our) mind$|^never ?mind$|^restore(?:\s+(?:that|this|it|them|the|my|our|last|latest|previous|recent|change|changes|edit|version|state|step|run|one|thing|everything|all|to|of|app|you|just|did|made|what|old|back|again|please))*$|^(?:go|change|put|take|set|turn|bring|get|switch)\s+(?:it |that |this |them |everything |all |the app )?(?:back|to)\s*(?:to )?(?:how|the way|what|as|where)\b.*$|^(?:go|change|put|take|set|turn|bring|get|switch)\s+(?:it |that |this |them |everything |all )?back(?: please| again)?$|^.*\b(?:the )?(?:previous|last|old|earlier|former|original) (?:version|state|change)s?\b.*$|^(?:cancel|forget|discard|reverse) (?:that|this|it|the (?:last|previous|latest) .*|what you .*)$/i

const undoSentence =
  "I cannot take a change back: I see only how the app is now. Ask for the opposite instead, for example “remove rating” after “add a rating”; a removed field comes back with what was in it when you say “add author back”."

const looks =
  /^(?:make|paint|turn|colou?r|i want|i'd like)\s+.+\s(?:blue|red|green|yellow|black|white|pink|purple|violet|orange|gr[ea]y|brown|dark|darker|light|lighter|bright|brighter|bold|italic|bigger|smaller|larger|wider|round|rounder|rounded|centered|pretty|prettier|nice|nicer|beautiful|modern|fancy|fancier|colou?rful|pop|look (?:better|nicer|good|great|modern|nice|pretty|professional))$|^(?:change|use|set|improve|update|polish|redo|choose)\s+(?:the |a |an |another |its |my )?(?:\p{L}+ ){0,2}(?:font|fonts|theme|layout|design|style|styling|look|looks|logo|colou?rs?|colou?r scheme|background|header|footer|icons?|buttons?)(?: size)?(?: (?:to|of|for|on|in)\b.*)?$/iu

const otherApp =
  /^(?:start (?:over|again|from scratch|fresh)|begin again)\b|^(?:build|make|create|develop|code|write)(?: me| us)? (?:an?|another|a new|my|the) .*\b(?:app|application|tool|website|site|tracker|game|list|copy of .*)(?: instead)?$|^(?:build|make|create|track|keep|do) .+ instead(?: of .+)?$/i

const all =
  /^(?:remove|delete|drop|clear|wipe|erase|empty|reset) (?:everything|all|it all|all (?:the |my |of the )?(?:records|data|entries|fields|content)|(?:the |this |my )?(?:whole |entire )?(?:app|application|project|list|data|records|database))$/i

const records =
  /^(?:add|create|enter|insert|import|put in|generate|fill in)(?: me)? (?:\d+|some|a few|several|a couple of|two|three|five|ten|more)(?: more| new)? ((?:sample |example |test |demo |dummy |fake )?\p{L}+)(?: .*)?$/iu

const counts =
  /^(?:(?:i|we)(?:'d| would)? (?:want|like|need|love)(?: to)?\s+)?(?:also )?(?:(?:to )?(?:see|show|know|tell|display|view|have|add|find out|get)(?: me| us)?\s+)?(?:(?:an? |the )?(?:counter|count|number|total|sum|average)s? of\b|how (?:many|much)\b|(?:an? |the )(?:counter|sum|grand total)$)|^(?:count|sum|total|add up|calculate|compute|average)\s/i

/** A sentence when a step asks for what no change of the records can be; undefined otherwise. */
export function limitOf(step: string, spec: AppSpec): string | undefined {
  if (back.test(step)) return undoSentence
  if (looks.test(step))
    return `“${shortened(step)}” is about the look, which is fixed: it follows the light or dark setting of the device.`
  if (counts.test(step) && countsRecords(step, spec))
    return `“${shortened(step)}” asks to count: the app does not calculate or sum up, it lists, filters and sorts.`
  const kept = inWords(spec.entities.map(many))
  if (otherApp.test(step) && !/\b(?:list|table)s? of\b/i.test(step))
    return `This project keeps ${kept}, and “${shortened(step)}” sounds like another app: describe that one as a new project.`
  if (all.test(step))
    return `I change what the app keeps, not what is recorded in it, and something must be left. “remove ${lastField(spec)}” takes one field out; a whole project is deleted in its settings.`
  const sample = step.match(records)?.[1]
  if (sample && (/sample|example|test|demo|dummy|fake/i.test(sample) || findEntity(sample, spec)))
    return `I change what the app keeps, and add no records myself: that is done on the page of ${kept}.`
  const code =
    /^(?:rewrite|port|migrate|refactor|deploy|publish|translate|test|fix|debug|optimi[sz]e|host|share|export|import|print|backup|back up)\b/i
  return code.test(step)
    ? (beyond(step)[0] ??
        `“${shortened(step)}” is not something I can do: I change which records the app keeps and what is noted about them.`)
    : undefined
}

function lastField({ entities }: AppSpec): string {
  return entities[0]?.fields.at(-1)?.label.toLowerCase() ?? "notes"
}

/** "see how many books I have read" counts records; "add number of pages" notes a number. */
function countsRecords(step: string, spec: AppSpec): boolean {
  return (
    entityIn(step, spec) !== undefined ||
    /\bhow (?:many|much)\b/i.test(step) ||
    /^(?:count|sum|calculate|compute)\b/i.test(step)
  )
}

export function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79).trimEnd()}…` : text
}
