import { readFileSync } from "node:fs"
import { join } from "node:path"

const words = JSON.parse(
  readFileSync(join(import.meta.dirname, "../prompts/words.json"), "utf8"),
) as Record<string, string> // our own file

/**
 * A pattern of a step as a regular expression that minds neither case nor language.
 *
 * @throws Error when a word is not in `words.json`, or when it is no regular expression
 */
export const patternOf = (text: string): RegExp => new RegExp(expand(text), "iu")

/**
 * The alternatives of a pattern, in their order: a field of a page that has the first is meant
 * rather than one that has the second.
 */
export function preferencesOf(text: string): string[] {
  return alternatives(text).flatMap((part) => {
    const [, name] = /^\{([a-z][A-Za-z]*)\}$/.exec(part) ?? []
    return name === undefined ? [expand(part)] : preferencesOf(entry(name))
  })
}

/** `{add}` by its entry, which may name others. */
function expand(text: string): string {
  return text.replaceAll(/\{([a-z][A-Za-z]*)\}/g, (_, name: string) => `(?:${expand(entry(name))})`)
}

function entry(name: string): string {
  const found = words[name]
  if (found === undefined) throw new Error(`there is no {${name}} in words.json`)
  return found
}

/** Split at the bars that stand in no bracket. */
function alternatives(text: string): string[] {
  const parts = [""]
  let depth = 0
  for (const [piece] of text.matchAll(/\\.|[^\\]/gsu)) {
    if ("([".includes(piece)) depth++
    if (")]".includes(piece)) depth--
    if (piece === "|" && depth === 0) parts.push("")
    else parts[parts.length - 1] += piece
  }
  return parts
}
