/**
 * Follow-ups: from a wish about an app that exists to its next spec. Data is never lost: a renamed
 * field keeps its column, a removed one leaves its column where it is.
 */

import { beyond } from "./beyond.ts"
import type { AppSpec } from "./blueprints/index.ts"
import { writeAppSpec } from "./blueprints/index.ts"
import type { Change } from "./change.ts"
import { entityIn, findEntity, many } from "./change-find.ts"
import { limitOf, shortened } from "./change-limits.ts"
import { changeRules } from "./change-rules.ts"
import { refusalFor, soundsHostile, withoutAttacks } from "./sense.ts"
import { statementsOf } from "./statements.ts"

export type ChangeReading =
  | { kind: "change"; spec: AppSpec; done: string[]; notDone: string[] }
  | { kind: "refusal"; reason: string }

const longestSpec = 6000

export function readChange(text: string, before: AppSpec): ChangeReading {
  const refused = refusalFor(text.replace(polite, "").replace(asked, ""))
  if (refused) {
    const said = /English/.test(refused) ? ["I read English only so far."] : []
    return { kind: "refusal", reason: whyNot({ spec: before, done: [], notDone: said }, text) }
  }
  const wish = soundsHostile(text) ? withoutAttacks(text) : text
  const change: Change = { spec: structuredClone(before), done: [], notDone: [] }
  for (const step of stepsOf(wish, before)) {
    takeStep(change, step)
    change.about = entityIn(step, change.spec) ?? change.about
  }
  if (change.done.length === 0) return { kind: "refusal", reason: whyNot(change, text) }
  if (writeAppSpec(change.spec).length > longestSpec) {
    return {
      kind: "refusal",
      reason: "The app has grown as large as I can handle; remove something first.",
    }
  }
  const { spec, done, notDone } = change
  spec.unsupported = [...new Set([...spec.unsupported, ...notDone])].slice(0, 20)
  return { kind: "change", spec, done, notDone }
}

function takeStep(change: Change, step: string): void {
  const limit = limitOf(step, change.spec)
  if (limit) {
    change.notDone.push(limit)
    return
  }
  for (const [pattern, apply] of changeRules) {
    const match = step.match(pattern)
    if (!match) continue
    const before = change.done.length + change.notDone.length
    apply(change, match)
    if (change.done.length + change.notDone.length > before) return
  }
  const limits = beyond(step)
  change.notDone.push(
    ...(limits.length > 0 ? limits : [`I did not understand “${shortened(step)}”.`]),
  )
}

/** "add X and remove Y" is two steps; "add a due date and notes" is one. */
function stepsOf(text: string, spec: AppSpec): string[] {
  const verbs =
    "add|adding|include|rename|remove|delete|get rid of|let|sort|filter|change|replace|allow|also|give|link|connect|i want|i'd like|i need|we need|create|introduce|move|recommend|no longer|(?:each|every) [a-z]+ (?:belongs|should|has|needs)"
  // "add brand, store and price": these are names as well, unless something is said of them
  const nouns =
    "(?:make|order|set|call|show|track|store|put|drop|turn|mark|suggest|rate)(?! (?:and|or|number|name|date|type|id|of|location|size|status|no|price|model)\\b)(?= \\p{L})"
  const cut = new RegExp(
    String.raw`\s*(?:,|;|\band\b|\bthen\b|\bplus\b|\bbut\b)+\s*(?:(?:also|then|please|and)\s+)*(?=(?:(?:${verbs})\b|${nouns}))`,
    "iu",
  )
  return statementsOf(text)
    .flatMap(({ text: sentence, items }) =>
      items.length > 0
        ? [`${sentence.replace(/:\s*$/, "")}: ${items.join(", ")}`]
        : ownedFirst(sentence, spec).split(cut),
    )
    .map((step) =>
      step
        .replace(polite, "")
        .replace(asked, "")
        .replace(polite, "")
        .replace(/[.!?]+$/, "")
        .replace(/^[^a-z]+$/, (shouted) => shouted.toLowerCase())
        .trim(),
    )
    .filter((step) => /\p{L}/u.test(step) && !greeting.test(step))
}

/** "for each pet, also note the breed" → "note the breed to pets" */
function ownedFirst(sentence: string, spec: AppSpec): string {
  const [, whose = "", rest = ""] =
    sentence.match(
      /^(?:for|on|in|to|about|with) ([^,]{2,40}),\s+(?:(?:also|please|then)\s+)*(.+)$/i,
    ) ?? []
  const entity = findEntity(whose, spec)
  return entity ? `${rest.replace(/[.!?]+$/, "")} to ${many(entity)}` : sentence
}

const greeting =
  /^(?:hi|hello|hey|thanks|thank you|great|nice|cool|perfect|ok(?:ay)?|please|awesome|good (?:job|work)|well done|looks (?:good|great|nice))(?: there| so far| so much| a lot)?[,! ]*$/i

const polite =
  /^(?:please|and|also|then|now|ok(?:ay)?|hi|hello|hey|thanks|great|nice|cool|perfect|(?:can|could|would|will) you(?: please)?|(?:i|we)(?:'d| would)? (?:want|like|need|love)(?: you)? to(?: be able to)?(?= (?:add|rename|remove|delete|drop|sort|change|make|filter|track|see|search|have|store|mark|also))|let'?s|it would be (?:nice|great|good) (?:to|if (?:you|we|i) could)|just)[,:!]?\s+/i

/** "is it possible to add a publisher?" asks for a publisher */
const asked =
  /^(?:(?:is|would) it (?:be )?possible to|is there (?:a|any) way to|(?:can|could|may|shall|should) (?:we|i)|(?:how|what) about|why not|what if (?:we|i|you)|how (?:do|can|would) (?:i|we)|any chance (?:to|of)|i (?:was wondering|wonder) if (?:you|we|i) could)\s+/i

function whyNot({ notDone, spec }: Change, text: string): string {
  const said =
    [...new Set(notDone)].join(" ") || `I did not understand “${shortened(text.trim())}”.`
  // a sentence that says what to ask instead needs no second example
  const examples = [...said.matchAll(/“((?:add|remove|change|rename) [^”]+)”/g)]
  if (examples.some(([, each = ""]) => !text.toLowerCase().includes(each.toLowerCase())))
    return `${said} Nothing was changed.`
  return `${said} Nothing was changed. In this app, which keeps ${spec.entities.map(many).join(", ")}, I can add, rename and remove fields, lists, filters and choices, and change the order; for example “${exampleFor(spec)}”.`
}

/** Something that would work in this very app. */
function exampleFor({ entities }: AppSpec): string {
  const first = entities[0]
  const to = entities.length > 1 && first ? ` to ${many(first)}` : ""
  if (!first?.fields.some(({ name }) => name === "rating")) return `add a rating from 1 to 5${to}`
  return `sort ${many(first)} by ${first.fields[0]?.label.toLowerCase() ?? "name"}`
}
