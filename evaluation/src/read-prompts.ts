import { readdirSync, readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { z } from "zod"
import { type Prompt, prompt } from "./prompt.ts"

/** Prompts that may be looked at while working, and those that are only ever run. */
export const sets = ["open", "sealed"] as const
export type PromptSet = (typeof sets)[number]

const folder = join(import.meta.dirname, "../prompts")

/**
 * The prompts of a set, by their ids, which are the names of their files.
 *
 * @throws Error naming the file and what is wrong in it
 */
export function readPrompts(set: PromptSet): Prompt[] {
  const files = readdirSync(join(folder, set)).filter((name) => name.endsWith(".json"))
  return files.sort().map((name) => readPrompt(join(folder, set, name)))
}

function readPrompt(file: string): Prompt {
  const read = prompt.safeParse(JSON.parse(readFileSync(file, "utf8")))
  if (!read.success) throw new Error(`${file}:\n${z.prettifyError(read.error)}`)
  return { ...read.data, id: basename(file, ".json") }
}
