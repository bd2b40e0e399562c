import { resolve } from "node:path"
import { type BedName, beds, isBedName } from "./beds.ts"
import { type Asked, type Lane, lanes } from "./lanes.ts"

/** A part of the tests that can be run by itself. */
export type Part = Lane | "e2e" | Asked
const everywhere: readonly Part[] = [...lanes, "e2e"]
const parts: readonly Part[] = [...everywhere, "long", "beds"]

export interface TestOptions {
  parts: readonly Part[]
  /** folders of beds by their variables */
  beds: Record<string, string>
  /** words in paths, and options of the test runner */
  rest: string[]
}

/**
 * Reads `bin/test`'s arguments: lanes by name or by `--lane NAME`, `--all`, `--bed NAME=FOLDER`;
 * the rest is the test runner's.
 *
 * @throws Error with a sentence when a lane or a bed is not known
 */
export function readTestOptions(argv: readonly string[]): TestOptions {
  const chosen = new Set<Part>()
  const found: TestOptions = { parts: everywhere, beds: {}, rest: [] }
  const values = argv[Symbol.iterator]()
  const next = (option: string): string => {
    const { value, done } = values.next()
    if (done) throw new Error(`${option} needs a value.`)
    return value
  }
  for (const argument of values) {
    const [option = "", given] = split(argument)
    if (option === "--all") for (const part of parts) chosen.add(part)
    else if (option === "--lane") chosen.add(partOf(given ?? next(option)))
    else if (option === "--bed") Object.assign(found.beds, bedOf(given ?? next(option)))
    else if (isPart(argument)) chosen.add(argument)
    else found.rest.push(argument)
  }
  if (chosen.size > 0) found.parts = parts.filter((part) => chosen.has(part))
  return found
}

/** `--bed=a=b` in its name and its value; anything else whole. */
function split(argument: string): string[] {
  const [, option, value] = /^(--(?:lane|bed))=(.*)$/.exec(argument) ?? []
  return option === undefined || value === undefined ? [argument] : [option, value]
}

const isPart = (word: string): word is Part => (parts as readonly string[]).includes(word)

function partOf(word: string): Part {
  if (isPart(word)) return word
  throw new Error(`There is no lane “${word}”: there are ${parts.join(", ")}.`)
}

function bedOf(text: string): Record<string, string> {
  const [name = "", ...folder] = text.split("=")
  if (!isBedName(name) || folder.length === 0)
    throw new Error(`Write --bed NAME=FOLDER; the beds are ${Object.keys(beds).join(", ")}.`)
  return { [beds[name satisfies BedName].variable]: resolve(folder.join("=")) }
}
