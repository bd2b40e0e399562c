/** What people who fill something in are asked for: "customers leave their name, phone and what is broken". */
import { passageOf } from "./clauses.ts"
import { looseListIn } from "./model/loose-list.ts"
import type { ReadField } from "./model/read-field.ts"
import { is } from "./model/words.ts"
import type { Said } from "./said.ts"
import { fold, type Prompt } from "./text.ts"

/** When somebody comes is not asked beside the time that they choose, nor what it costs. */
const kinds = new Set<ReadField["shape"]["type"]>(["text", "long_text", "phone", "choice", "flag"])

/** One of them at least says who it is; the name and the email are asked for anyhow. */
export function askedIn(prompt: Prompt): Said[] {
  const fields = looseListIn(prompt, 1)?.fields.filter(({ tokens }) => tokens.length > 0) ?? []
  const isKnown = ({ label, shape }: ReadField) =>
    shape.type === "email" || is("called", { low: fold(label) })
  const asked = fields.filter((each) => !isKnown(each) && kinds.has(each.shape.type))
  const isOfPeople = fields.some((each) => isKnown(each) || each.shape.type === "phone")
  const parts = [...fields.filter(isKnown), ...asked].flatMap(({ tokens }) => {
    const at = passageOf(tokens)
    return at ? [{ at }] : []
  })
  const [first] = parts
  if (!first || !isOfPeople || asked.length === 0) return []
  return [{ value: asked.map(({ label }) => label), at: first.at, parts }]
}
