/** Names for things and fields that are safe in JavaScript, SQL and the app's addresses. */
import { reservedNames } from "@vibecaas/contract/data-model-rules"

/**
 * An identifier for a name somebody typed: lower case ASCII, digits and underscores, a letter
 * first, at most 40 characters, never a reserved one. "" when no letter or digit is left.
 */
export function identifier(phrase: string): string {
  const plain = phrase
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[\p{M}'’]/gu, "")
  const parts = plain.split(/[^a-z0-9]+/).filter((part) => part !== "")
  const joined = parts.join("_").slice(0, 36)
  const ascii = joined.endsWith("_") ? joined.slice(0, -1) : joined
  if (ascii === "") return ""
  const started = ascii[0] !== undefined && ascii[0] >= "a" ? ascii : `n_${ascii}`
  return reservedNames.has(started) || started.startsWith("sqlite_") ? `${started}_x` : started
}

/** An identifier that is not among those used: "pages", then "pages_2". */
export function unusedIdentifier(phrase: string, used: ReadonlySet<string>): string {
  const base = identifier(phrase) || "field"
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}_${number}`
    if (!used.has(name)) return name
  }
}

/** A label for people: first letter large, no control or markup characters, at most 60 long. */
export function labelFor(phrase: string): string {
  const clean = phrase.replaceAll(/[_\s]+/g, " ").replaceAll(/[^\p{L}\p{N} &'’().,/%€$£#+-]/gu, "")
  const short = clean.trim().slice(0, 60).trim()
  return short === "" ? "Field" : short.charAt(0).toUpperCase() + short.slice(1)
}
