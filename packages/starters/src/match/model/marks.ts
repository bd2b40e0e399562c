/** What is so or is not, or one of two: "picked up or not", "mark as sold". */
import { isOf } from "../clauses.ts"
import { type Prompt, type Token, wordsIn } from "../text.ts"
import type { Item } from "./loose-items.ts"
import { withoutLead } from "./questions.ts"
import { labelOf, type ReadField } from "./read-field.ts"
import { is } from "./words.ts"

/** "picked up or not", "deposit paid yes/no": what is so or is not. */
export function markIn(
  tokens: readonly Token[],
  next: Item | undefined,
  prompt: Prompt,
): ReadField | undefined {
  const clicked = clickedIn(tokens, next, prompt)
  if (clicked) return clicked
  const words = wordsIn(next?.tokens ?? [])
  const [other] = words
  if (!next || !other || words.length !== 1 || !["or", "/"].includes(next.after)) return undefined
  const own = withoutLead(tokens, prompt)
  const isPair = own.length > 1 && is("yesNo", own.at(-1)) && is("yesNo", other)
  const isNot = next.after === "or" && isOf("negates", other, prompt.language)
  const said = wordsIn(isPair ? own.slice(0, -1) : own).filter((each) => !is("whether", each))
  if (!(isPair || isNot) || said.every((each) => is("yesNo", each)) || said.length > 3)
    return undefined
  const label = labelOf(said, prompt)
  return { tokens: [...tokens, ...next.tokens], label, shape: { type: "flag" }, sure: true }
}

/** "mark as sold": what can be ticked off. */
export function markedIn(tokens: readonly Token[], prompt: Prompt): ReadField | undefined {
  const [mark, as, so, ...rest] = wordsIn(tokens)
  if (!mark || !so || rest.length > 0 || so.small || !is("marks", mark) || !is("as", as))
    return undefined
  return { tokens, label: labelOf([so], prompt), shape: { type: "flag" }, sure: true }
}

export function choiceOf(
  tokens: Token[],
  options: readonly (readonly Token[])[],
  prompt: Prompt,
): ReadField {
  const choices = options.map((each) => labelOf(each, prompt))
  const label = labelOf(options.flat(), prompt)
  return { tokens, label, shape: { type: "choice", choices }, sure: true }
}

const clickedMax = 2

/** "return with one click": what is set by it. */
function clickedIn(
  tokens: readonly Token[],
  next: Item | undefined,
  prompt: Prompt,
): ReadField | undefined {
  const own = wordsIn(withoutLead(tokens, prompt))
  const isClick = next?.after === "with" && next.tokens.some((each) => is("click", each))
  if (!isClick || own.length === 0 || own.length > clickedMax) return undefined
  if (own.some((each) => each.small)) return undefined
  const all = [...tokens, ...next.tokens]
  return { tokens: all, label: labelOf(own, prompt), shape: { type: "flag" }, sure: true }
}
