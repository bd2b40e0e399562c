/** The sets of prompts, written without a look at the code, with what a sensible person expects. */
import { readFileSync } from "node:fs"

/** One prompt and what a sensible person expects of it; alternatives are separated by `|`. */
export interface Expected {
  prompt: string
  expect: "build" | "partial" | "refuse"
  entities: { name: string; fields: { name: string; type: string }[] }[]
  /** words of what was asked beyond record keeping */
  unsupported?: string[] | null
}

export const sets = [
  "open",
  "second",
  "sealed",
  "third",
  "fourth",
  "fresh",
  "blind",
  "development",
] as const
export type SetName = (typeof sets)[number]

/** Nothing is learnt from this one, and no rule was tried on it: its score is the honest number. */
export const heldOut: SetName = "blind"

export function promptsOf(set: SetName): Expected[] {
  const file = new URL(`${set}-prompts.json`, import.meta.url)
  // The files are ours and lie beside this one.
  const prompts = JSON.parse(readFileSync(file, "utf8")) as (Expected | Written)[]
  return prompts.map((each) => ("expected" in each ? expectedOf(each) : each))
}

/** The development set says in short what each thing should have: "title text, pages whole_number". */
interface Written {
  prompt: string
  expected: Record<string, string>
}

function expectedOf({ prompt, expected }: Written): Expected {
  const entities = Object.entries(expected).map(([name, fields]) => ({
    name: name.replaceAll("_", " "),
    fields: fields.split(", ").map((field) => {
      const [said = "", type = ""] = field.split(" ")
      return { name: said.replaceAll("_", " "), type }
    }),
  }))
  return { prompt, expect: entities.length > 0 ? "build" : "refuse", entities }
}
