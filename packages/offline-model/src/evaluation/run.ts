/** Prints how well each set is understood; with names of sets, also what was missed in them. */
import { scoreOf } from "./score.ts"
import { heldOut, promptsOf, sets } from "./sets.ts"

const wanted = process.argv.slice(2)
for (const set of sets) {
  const { misses, ...score } = scoreOf(promptsOf(set))
  const { entities, fields, refusals, partial, words, wronglyRefused } = score
  process.stdout.write(
    `${set}${set === heldOut ? " (held out)" : ""}: entities ${entities.found}/${entities.expected}, ` +
      `fields ${fields.found}/${fields.expected} (${fields.rightType} right), refused ${refusals.honest}/${refusals.expected}, ` +
      `wrongly ${wronglyRefused}, partial ${partial.honest}/${partial.expected}, words ${words.all}: ` +
      `${words.named} named, ${words.dropped} dropped, ${words.namedThoughBuilt} named though built\n`,
  )
  if (wanted.includes(set)) for (const miss of misses) process.stdout.write(`  ${miss}\n`)
}
