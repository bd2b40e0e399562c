/** On which days of the week something is: "Tue-Sat", "lundi à vendredi". */
import days from "./days.json" with { type: "json" }
import { is } from "./model/words.ts"
import { isNumber, type Said } from "./said.ts"
import { type Prompt, setOf, type Token } from "./text.ts"

const sets = days.days.map(setOf)
const dayOf = (each: Token | undefined) => sets.findIndex((set) => set.has(each?.low ?? ""))

/** How near hours stand: "Tue-Fri 9-17"; without them days say what happens on them. */
const hoursWithin = 5

/** From one day to another; single days say when something is once. */
export function daysIn({ tokens }: Prompt): Said[] {
  return tokens.flatMap((each, at) => {
    const end = tokens[at + 2]
    const [from, to] = [dayOf(each), dayOf(end)]
    const isRange = from >= 0 && to >= 0 && from !== to && is("to", tokens[at + 1])
    const near = tokens.slice(Math.max(0, at - hoursWithin), at + 3 + hoursWithin)
    if (!isRange || !end || !near.some(({ text }) => isNumber.test(text))) return []
    const count = ((to - from + sets.length) % sets.length) + 1
    const value = Array.from(
      { length: count },
      (_, index) => days.names[(from + index) % sets.length] ?? "",
    )
    return [{ value, at: { from: each.from, to: end.to } }]
  })
}
