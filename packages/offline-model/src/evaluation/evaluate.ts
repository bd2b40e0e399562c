/**
 * Says how well each set is understood: `node packages/offline-model/src/evaluation/evaluate.ts`.
 * With names of sets, also what was missed in them; with `--record`, writes the scores down.
 */
import { writeFileSync } from "node:fs"
import { scoreOf } from "./score.ts"
import { heldOut, promptsOf, sets } from "./sets.ts"

const wanted = process.argv.slice(2)
const scores = sets.map((set) => ({ set, ...scoreOf(promptsOf(set)) }))
for (const { set, misses, ...score } of scores) {
  const { entities, fields, refusals, partial, words, wronglyRefused } = score
  process.stdout.write(
    `${set}${set === heldOut ? " (held out)" : ""}: entities ${entities.found}/${entities.expected}, ` +
      `fields ${fields.found}/${fields.expected} (${fields.rightType} right), ` +
      `refused ${refusals.honest}/${refusals.expected}, wrongly ${wronglyRefused}, ` +
      `partial ${partial.honest}/${partial.expected}, words ${words.all}: ${words.named} named, ` +
      `${words.dropped} dropped, ${words.namedThoughBuilt} named though built\n`,
  )
  if (wanted.includes(set)) for (const miss of misses) process.stdout.write(`  ${miss}\n`)
}
if (wanted.includes("--record")) {
  const kept = scores.map(({ set, misses: _, ...score }) => [set, score] as const)
  const file = new URL("./recorded-scores.json", import.meta.url)
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`)
}
