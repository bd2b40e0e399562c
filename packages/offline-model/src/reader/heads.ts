/** The word of a phrase that says what it is: "date" of "date of birth", "name" of "owner's name". */
import { isSmall } from "./tokens.ts"
import { setOf, singular } from "./words.ts"

const joins = setOf("of for in on per to from at with")
const opens = setOf("when where who what how which why is has was can needs")

export function headOf(words: readonly string[]): string {
  const [first = ""] = words
  if (opens.has(first)) return first
  const joined = words.findIndex((word, at) => at > 0 && joins.has(word))
  const until = joined > 0 && joined < words.length - 1 ? joined : words.length
  const head = words[until - 1] ?? ""
  return isSmall(head) && until > 1 && !joins.has(head)
    ? singular(words[until - 2] ?? "")
    : singular(head)
}
