import type { KeyValue } from "../ui/key-values.tsx"

/** Names of variables whose values people would not want to be read. */
const secret = /SECRET|TOKEN|PASSWORD|PASSWD|PRIVATE|CREDENTIAL|_KEY$|^KEY$/i

/** The variables that look as if they held a secret. */
export function secretsIn(pairs: readonly KeyValue[]): string[] {
  return pairs.flatMap(({ key, value }) =>
    value && secret.test(key) && !value.startsWith("secret:") ? [key] : [],
  )
}

/** Variables as the API takes them; lines in which nothing was typed are left out. */
export function environmentOf(pairs: readonly KeyValue[]): Record<string, string> {
  return Object.fromEntries(typedIn(pairs).map(({ key, value }) => [key, value]))
}

const typedIn = (pairs: readonly KeyValue[]) => pairs.filter(({ key, value }) => key || value)

/** Sentences about `environment/NAME` by the place of the line, with names that are there twice. */
export function faultsByPlace(
  pairs: readonly KeyValue[],
  said: Readonly<Record<string, string>>,
): Record<number, string> {
  const faults: Record<number, string> = {}
  for (const [at, { key, value }] of pairs.entries()) {
    const twice = key !== "" && pairs.findIndex((pair) => pair.key === key) < at
    const fault = twice ? `${key} is there twice.` : said[`environment/${key}`]
    if (fault && (key || value)) faults[at] = fault
  }
  return faults
}

/** A command as people type it: a word with spaces stands in quotes, in which a backslash escapes. */
export function commandText(words: readonly string[] | null): string {
  return (words ?? [])
    .map((word) => (/^\S+$/.test(word) && word[0] !== '"' ? word : quoted(word)))
    .join(" ")
}

const quoted = (word: string) => `"${word.replace(/["\\]/g, "\\$&")}"`

/** The words of a typed command; none typed: as the files say. */
export function commandOf(text: string): string[] | null {
  const words = [...text.matchAll(/"((?:[^"\\]|\\.)*)"|\S+/gs)].map(
    ([plain, inQuotes]) => inQuotes?.replace(/\\(["\\])/g, "$1") ?? plain,
  )
  return words.length > 0 ? words : null
}
