import type { Account } from "../account/divide.ts"
import type { AppSpec, Entity } from "../blueprints/index.ts"
import { type GoalReading, readGoal } from "../reader/goal.ts"
import { accountFor } from "./account.ts"
import type { Expected } from "./sets.ts"

/** What was found of what was expected, in numbers of things. */
export interface Score {
  entities: { found: number; expected: number }
  /** fields of entities that were found, by name and with a right type */
  fields: { found: number; rightType: number; expected: number }
  /** prompts that ask for nothing that can be built, refused with a sentence */
  refusals: { honest: number; expected: number }
  /** prompts that ask for more: the record part is built and the rest is named */
  partial: { honest: number; expected: number }
  /** prompts that can be built and were refused */
  wronglyRefused: number
  /** words that carry a wish; those named as not built, dropped without a word, or named though built */
  words: { all: number; named: number; dropped: number; namedThoughBuilt: number }
  misses: string[]
}

export function scoreOf(prompts: readonly Expected[]): Score {
  const score: Score = {
    entities: { found: 0, expected: 0 },
    fields: { found: 0, rightType: 0, expected: 0 },
    refusals: { honest: 0, expected: 0 },
    partial: { honest: 0, expected: 0 },
    wronglyRefused: 0,
    words: { all: 0, named: 0, dropped: 0, namedThoughBuilt: 0 },
    misses: [],
  }
  for (const expected of prompts) add(score, expected)
  return score
}

function add(score: Score, expected: Expected): void {
  const reading = readGoal(expected.prompt)
  const miss = (what: string) => score.misses.push(`${expected.prompt.slice(0, 50)}: ${what}`)
  // What is refused is refused as a whole, with a reason, and builds nothing.
  if (reading.kind === "app") addWords(score, expected.prompt, reading, miss)
  if (expected.expect === "refuse") {
    score.refusals.expected++
    if (reading.kind === "refusal" && reading.reason.length > 20) score.refusals.honest++
    else miss("built instead of refused")
    return
  }
  const spec = reading.kind === "app" ? reading.spec : undefined
  if (!spec) {
    score.wronglyRefused++
    miss("refused")
  }
  if (expected.expect === "partial") addPartial(score, expected, reading, miss)
  for (const entity of expected.entities) addEntity(score, entity, spec, miss)
}

type Miss = (what: string) => void
type ExpectedEntity = Expected["entities"][number]

function addWords(
  score: Score,
  prompt: string,
  { spec, account }: Extract<GoalReading, { kind: "app" }>,
  miss: Miss,
): void {
  const { words, named, dropped, namedThoughBuilt } = accountFor(prompt, spec, leftIn(account))
  score.words.all += words
  score.words.named += named
  score.words.dropped += dropped.length
  score.words.namedThoughBuilt += namedThoughBuilt.length
  for (const each of dropped) miss(`dropped ${each}`)
  for (const each of namedThoughBuilt) miss(`named though built: ${each}`)
}

function addPartial(score: Score, expected: Expected, reading: GoalReading, miss: Miss): void {
  score.partial.expected++
  const low = (text: string) => text.toLowerCase().replaceAll("e-mail", "email")
  const left = reading.kind === "app" ? leftIn(reading.account).map(low) : []
  const asked = low(expected.prompt)
  // Each wish is quoted in the person's words; one that the set words otherwise must not leave the account without any.
  const isNamed = (wish: string) => {
    const said = wish
      .toLowerCase()
      .split(/\W+/)
      .map(plain)
      .filter((word) => word !== "" && asked.includes(word))
    return said.length === 0
      ? left.length > 0
      : said.some((word) => left.some((each) => each.includes(word)))
  }
  if (left.length > 0 && (expected.unsupported ?? []).every(isNamed)) score.partial.honest++
  else miss(`does not name ${expected.unsupported?.join(", ")}`)
}

function addEntity(
  score: Score,
  expected: ExpectedEntity,
  spec: AppSpec | undefined,
  miss: Miss,
): void {
  score.entities.expected++
  score.fields.expected += expected.fields.length
  const entity = spec?.entities.find(({ name, plural, label }) =>
    means([name, plural, label], expected.name),
  )
  if (!entity) {
    miss(`no entity ${expected.name} in ${spec?.entities.map((each) => each.name)}`)
    return
  }
  score.entities.found++
  for (const field of expected.fields) addField(score, field, entity, miss)
}

function addField(
  score: Score,
  expected: ExpectedEntity["fields"][number],
  entity: Entity,
  miss: Miss,
): void {
  const found = entity.fields.find(({ name, label }) => means([name, label], expected.name))
  if (!found) {
    miss(`no field ${entity.name}.${expected.name} in ${entity.fields.map((each) => each.name)}`)
    return
  }
  score.fields.found++
  const types = expected.type.split("|").map((type) => type.trim())
  // A field that points at another kept record says more than its text would.
  if (types.includes(found.type) || (found.type === "reference" && types.includes("text")))
    score.fields.rightType++
  else miss(`${entity.name}.${found.name} is ${found.type}, not ${expected.type}`)
}

const leftIn = ({ clauses }: Account) =>
  clauses.flatMap(({ words, notBuilt }) => (notBuilt === undefined ? [] : [words]))

function means(names: string[], expected: string): boolean {
  const wanted = new Set(expected.split("|").map(plain))
  return names.some((name) => wanted.has(plain(name)))
}

/** Letters and digits only, each word singular, in no order: "parent's mobiles", "mobile parent". */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/['’]s?\b|-/g, "")
    .split(/[^a-z0-9]+/)
    .map((word) => word.replace(/ies$/, "y").replace(/s$/, ""))
    .filter((word) => word !== "")
    .sort()
    .join(" ")
}
