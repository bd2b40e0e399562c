/**
 * Says how well prompts are matched with the starters there are: `bin/evaluate match`. With the name
 * of a set also what was missed in it.
 */
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { readStarters } from "../../read-starters.ts"
import { makeCatalogue } from "../catalogue.ts"
import { marginsOf, type Prompt, scoreOf } from "./score.ts"

const sets = ["open", "sealed"] as const
const [task, ...shown] = process.argv.slice(2)
if (task !== "match") {
  process.stderr.write("Say what to evaluate: match, then names of sets whose misses to show.\n")
  process.exit(2)
}
const folder = fileURLToPath(new URL("../../../../../starters", import.meta.url))
const starters = await readStarters(folder)
const catalogue = makeCatalogue(starters)
process.stdout.write(`${starters.length} starters: ${starters.map(({ id }) => id).join(", ")}\n`)
for (const set of sets) {
  const { misses, ...score } = scoreOf(catalogue, promptsOf(set))
  const counts = Object.entries(score).map(([what, { right, of }]) => `${what} ${right}/${of}`)
  process.stdout.write(`${set}: ${counts.join(", ")}\n`)
  if (!shown.includes(set)) continue
  for (const miss of misses) process.stdout.write(`  ${miss}\n`)
  for (const { margin, right, of } of marginsOf(catalogue, promptsOf(set)))
    process.stdout.write(`  clear from ${margin}: ${right} of ${of} right\n`)
}

function promptsOf(set: string): Prompt[] {
  const file = new URL(`./${set}-prompts.json`, import.meta.url)
  // The files are ours and lie beside this one.
  return JSON.parse(readFileSync(file, "utf8")) as Prompt[]
}
