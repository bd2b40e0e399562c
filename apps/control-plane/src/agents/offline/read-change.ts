/**
 * Follow-ups: from a wish about an app that exists to its next spec. Data is never lost: a renamed
 * field keeps its column, a removed one leaves its column where it is.
 */
import type { AppSpec } from "../blueprints/index.ts"
import { writeAppSpec } from "../blueprints/index.ts"
import { beyond } from "./beyond.ts"
import type { Change } from "./change.ts"
import { changeRules } from "./change-rules.ts"
import { refusalFor, soundsHostile, withoutAttacks } from "./sense.ts"
import { statementsOf } from "./statements.ts"

export type ChangeReading =
  | { kind: "change"; spec: AppSpec; done: string[]; notDone: string[] }
  | { kind: "refusal"; reason: string }

const longestSpec = 6000

export function readChange(text: string, before: AppSpec): ChangeReading {
  const refused = refusalFor(text)
  if (refused) return { kind: "refusal", reason: refused }
  const wish = soundsHostile(text) ? withoutAttacks(text) : text
  const change: Change = { spec: structuredClone(before), done: [], notDone: [] }
  for (const step of stepsOf(wish)) takeStep(change, step)
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
  for (const [pattern, apply] of changeRules) {
    const match = step.match(pattern)
    if (!match) continue
    const before = change.done.length + change.notDone.length
    apply(change, match)
    if (change.done.length + change.notDone.length > before) return
  }
  const limits = beyond(step)
  change.notDone.push(
    ...(limits.length > 0 ? limits : [`I did not understand “${step.slice(0, 80)}”.`]),
  )
}

/** "add X and remove Y" is two steps; "add a due date and notes" is one. */
function stepsOf(text: string): string[] {
  const verbs =
    "add|adding|include|rename|remove|delete|drop|get rid of|make|let|sort|order|filter|change|replace|show|allow|call|set|turn|also|give|i want|i'd like|i need|we need|create|introduce|put|track|store|suggest|recommend|mark|no longer"
  const cut = new RegExp(
    String.raw`\s*(?:,|;|\band\b|\bthen\b|\bplus\b|\bbut\b)+\s*(?:(?:also|then|please|and)\s+)*(?=(?:${verbs})\b)`,
    "i",
  )
  return statementsOf(text)
    .flatMap(({ text: sentence, items }) =>
      items.length > 0
        ? [`${sentence.replace(/:\s*$/, "")}: ${items.join(", ")}`]
        : sentence.split(cut),
    )
    .map((step) =>
      step
        .replace(polite, "")
        .replace(polite, "")
        .replace(/[.!?]+$/, "")
        .trim(),
    )
    .filter((step) => /\p{L}/u.test(step))
}

const polite =
  /^(?:please|and|also|then|now|ok(?:ay)?|hi|hello|hey|thanks|great|nice|cool|perfect|(?:can|could|would|will) you(?: please)?|(?:i|we)(?:'d| would)? (?:want|like|need|love)(?: you)? to(?: be able to)?(?= (?:add|rename|remove|delete|drop|sort|change|make|filter|track|see|search|have|store|mark|also))|let'?s|it would be (?:nice|great|good) (?:to|if (?:you|we|i) could)|just)[,:!]?\s+/i

function whyNot({ notDone, spec }: Change, text: string): string {
  const said =
    notDone.length > 0
      ? [...new Set(notDone)].join(" ")
      : `I did not understand “${text.trim().slice(0, 80)}”.`
  const kinds = spec.entities.map((entity) => entity.labelPlural.toLowerCase()).join(", ")
  const first = spec.entities[0]
  const field = first?.fields.at(-1)?.label.toLowerCase() ?? "notes"
  return `${said} Nothing was changed. In this app, which keeps ${kinds}, I can add, rename and remove fields, make them needed or optional, change their type or choices, add and remove kinds of records, filters and the order; for example “add a rating from 1 to 5”, “rename ${field} to …” or “let me filter by ${field}”.`
}
