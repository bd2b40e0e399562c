import { parseCrates } from "./crates-document.ts"
import type { Parse } from "./document.ts"
import { parseGo } from "./go-document.ts"
import { parseNpm } from "./npm-document.ts"
import { parsePypi } from "./pypi-document.ts"

/** What reads each registry's documents, by name, so that a thread can be told which. */
export const parsers = {
  npm: parseNpm,
  pypi: parsePypi,
  go: parseGo,
  crates: parseCrates,
} satisfies Record<string, Parse>
export type ParserName = keyof typeof parsers
