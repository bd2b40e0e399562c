/** Records how well each set is understood now: `node packages/offline-model/src/evaluation/record.ts`. */
import { writeFileSync } from "node:fs"
import { scoreOf } from "./score.ts"
import { promptsOf, sets } from "./sets.ts"

const scores = sets.map((set) => {
  const { misses: _, ...score } = scoreOf(promptsOf(set))
  return [set, score] as const
})
const file = new URL("./recorded-scores.json", import.meta.url)
writeFileSync(file, `${JSON.stringify(Object.fromEntries(scores), null, 2)}\n`)
