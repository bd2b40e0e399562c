import type { Score, Totals } from "./score.ts"

/** One line about one prompt. */
export function lineOf(score: Score): string {
  const passed = score.wishes.filter(({ test }) => test === "passed").length
  const tried = score.wishes.filter(({ test }) => test === "passed" || test === "failed").length
  const green = score.wishes.filter(({ wronglyGreen }) => wronglyGreen).length
  return [
    score.id.padEnd(20),
    outcomeOf(score).padEnd(34),
    (tried > 0 ? `${passed} of ${tried} tests` : "").padEnd(14),
    (green > 0 ? `${green} wrongly green` : "").padEnd(17),
    `${score.seconds.toFixed(1)} s`.padStart(8),
    costOf(score),
  ]
    .join(" ")
    .trimEnd()
}

/** A question mark: it waited for a person before. */
const outcomeOf = ({ outcome, starter, waited, declined }: Score) =>
  [
    `${outcome}${waited ? "?" : ""}`,
    ...(starter ? [starter] : []),
    ...(declined === "no" ? [] : [`(${declined})`]),
  ].join(" ")

/** Under a line, what was found otherwise than it was said, and why there is no app. */
export function remarksOf(score: Score): string[] {
  const noApp = score.outcome !== "built" && score.reason ? [score.reason] : []
  const wishes = score.wishes
    .filter(({ wronglyGreen, test }) => wronglyGreen || test === "failed")
    .map(({ words, said, why }) => `“${words}” is said ${saying[said]}: ${why}`)
  return [...noApp, ...wishes].map((text) => `    ${text}`)
}

const saying = {
  built: "to be built",
  "not built": "not to be built",
  "in part": "to be built in part",
  filler: "to ask for nothing",
  nothing: "nothing of",
} as const

/** The sums, a line for each. */
export function totalsInWords(totals: Totals): string[] {
  const { outcomes, declined, wishes, tests } = totals
  return [
    `prompts          ${totals.prompts}: ${outcomes.built} built, ${outcomes.waited} waited for a choice and ${outcomes.waiting} still do, ${outcomes.declined} declined, ${outcomes.failed} failed`,
    `declined         ${declined.rightly} rightly, ${declined.wrongly} wrongly; ${declined.builtInstead} should have been`,
    `wishes           ${wishes.accountedFor} of ${wishes.all} accounted for; ${wishes.saidBuilt} said to be built`,
    `tests            ${wishes.passed} passed, ${wishes.failed} failed; of the apps ${tests.all} in full, ${tests.some} in part, ${tests.none} none`,
    `wrongly green    ${wishes.wronglyGreen}; ${wishes.undersold} work although they are said not to be built`,
    `each prompt      ${totals.secondsMedian.toFixed(1)} s (median)${costOf(totals)}`,
  ]
}

function costOf({ tokens, cents, unpriced }: Pick<Score, "tokens" | "cents" | "unpriced">): string {
  if (tokens === 0) return ""
  const open = unpriced > 0 ? ` and ${unpriced} answers without a price` : ""
  return ` ${tokens.toLocaleString("en")} tokens, ${cents.toFixed(1)} ¢${open}`
}
