/**
 * Learns the lexicon from the evaluation sets, all but the one that is held out: which head word
 * means which type of field, and what is usually noted about a thing that nobody described.
 * Run it after a set changed: `node packages/offline-model/src/evaluation/learn.ts`.
 */
import { writeFileSync } from "node:fs"
import { headOf } from "../reader/heads.ts"
import { isSmall } from "../reader/tokens.ts"
import { singular, wordsOf } from "../reader/words.ts"
import { heldOut, promptsOf, sets } from "./sets.ts"

type Count = Map<string, Map<string, number>>

const types: Count = new Map()
const things: Count = new Map()

for (const set of sets.filter((each) => each !== heldOut && each !== "development"))
  for (const { entities } of promptsOf(set))
    for (const entity of entities)
      for (const { name, type } of entity.fields) {
        const [first = ""] = name.split("|")
        const one = type.split("|")[0]?.trim() ?? "text"
        for (const said of name.split("|")) {
          const head = headOf(wordsOf(said))
          // What is said first is what the prompt says; the others are what else it could be called.
          const times = said === first ? 3 : 1
          if (head !== "" && one !== "reference")
            for (let time = 0; time < times; time++) add(types, head, one)
        }
        for (const thing of entity.name.split("|"))
          add(things, singular(thing.toLowerCase()), first)
      }

function add(counts: Count, key: string, value: string): void {
  const of = counts.get(key) ?? new Map<string, number>()
  counts.set(key, of.set(value, (of.get(value) ?? 0) + 1))
}

const sorted = (counts: Count) => [...counts].sort(([one], [other]) => (one < other ? -1 : 1))
const byCount = (of: Map<string, number>) =>
  [...of].sort(([, one], [, other]) => other - one).map(([value]) => value)

write(
  "field-types",
  sorted(types).map(([head, of]) => [head, byCount(of)[0]]),
)
write(
  "things",
  sorted(things)
    .filter(([thing]) => !wordsOf(thing).every(isSmall))
    .map(([thing, of]) => [thing, byCount(of).slice(0, 6).join(", ")]),
)

function write(name: string, entries: (string | undefined)[][]): void {
  const file = new URL(`../lexicon/${name}.json`, import.meta.url)
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`)
}
