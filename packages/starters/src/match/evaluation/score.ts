/** Counts what of a set of prompts was understood, from what a sensible person expects of each. */
import type { Catalogue } from "../catalogue.ts"
import { fit } from "../fit.ts"
import { propose } from "../propose.ts"

export interface Prompt {
  prompt: string
  language: string
  /** the starter that fits best, or none */
  expect: string
  /** words that stand in clauses that the starter builds, or does not */
  built?: string[]
  notBuilt?: string[]
}

interface Count {
  right: number
  of: number
}

/** Prompts whose expected starter is not among those there are count for nothing. */
export function scoreOf(catalogue: Catalogue, prompts: readonly Prompt[]) {
  const none = (): Count => ({ right: 0, of: 0 })
  const score = {
    ...{ language: none(), first: none(), "among the shown": none(), declined: none() },
    ...{ built: none(), "not built": none() },
  }
  const misses: string[] = []
  const count = (what: keyof typeof score, right: boolean, miss: string) => {
    score[what].of++
    if (right) score[what].right++
    else misses.push(`${what}: ${miss}`)
  }
  for (const each of prompts) {
    const { prompt, expect, language } = each
    if (expect !== "none" && !catalogue.starter(expect)) continue
    const read = propose(catalogue, prompt)
    count("language", read.language === language, `${read.language}, not ${language}: ${prompt}`)
    const starters = read.outcome === "choices" ? read.starters : []
    const got = starters.join(", ") || "nothing"
    if (expect === "none") {
      count("declined", read.outcome === "declined", `${got}: ${prompt}`)
      continue
    }
    count("first", starters[0] === expect, `${got}, not ${expect}: ${prompt}`)
    count("among the shown", starters.includes(expect), `${got}, not ${expect}: ${prompt}`)
    countClauses(catalogue, each, count)
  }
  return { ...score, misses }
}

function countClauses(
  catalogue: Catalogue,
  { prompt, expect, built = [], notBuilt = [] }: Prompt,
  count: (what: "built" | "not built", right: boolean, miss: string) => void,
): void {
  const starter = catalogue.starter(expect)
  if (!starter) return
  const { clauses } = fit(prompt, starter, { language: catalogue.languageOf(prompt) })
  const isBuilt = (words: string) => clauses.find((each) => each.words.includes(words))?.by.length
  const said = clauses.map(
    ({ words, by }) => `${words} [${by.map((one) => ("id" in one ? one.id : one.kind))}]`,
  )
  for (const words of built)
    count("built", (isBuilt(words) ?? 0) > 0, `“${words}”: ${said.join(" | ")}`)
  for (const words of notBuilt)
    count("not built", isBuilt(words) === 0, `“${words}”: ${said.join(" | ")}`)
}

/** Of the prompts whose first starter is better than the second by a margin, how many are right. */
export function marginsOf(catalogue: Catalogue, prompts: readonly Prompt[]) {
  return [1, 1.2, 1.5, 1.8, 2, 2.5, 3, 4].map((margin) => {
    const clear = prompts.flatMap(({ prompt, expect }) => {
      if (expect !== "none" && !catalogue.starter(expect)) return []
      if (propose(catalogue, prompt).outcome === "declined") return []
      const [best, second] = catalogue.find(prompt, catalogue.languageOf(prompt))
      const isClear = best?.named && (!second || best.score >= margin * second.score)
      return isClear ? [{ got: best.starter.id, expect }] : []
    })
    return {
      margin,
      right: clear.filter(({ got, expect }) => got === expect).length,
      of: clear.length,
    }
  })
}
