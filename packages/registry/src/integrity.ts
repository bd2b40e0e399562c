import { createHash, type Hash } from "node:crypto"
import { Refusal } from "./refusal.ts"

/** What bytes must be: a hash of one of the kinds that registries publish. */
export interface Integrity {
  algorithm: "sha512" | "sha384" | "sha256" | "sha1"
  hex: string
}

const strongest = ["sha512", "sha384", "sha256", "sha1"] as const

/** The strongest hash of a subresource integrity such as `sha512-…`; nothing when there is none. */
export function parseIntegrity(text: string): Integrity | undefined {
  const known = new Map<string, string>()
  for (const word of text.trim().split(/\s+/)) {
    const [, algorithm, base64] = /^(sha\d+)-([A-Za-z0-9+/]+={0,2})(\?|$)/.exec(word) ?? []
    if (algorithm && base64) known.set(algorithm, Buffer.from(base64, "base64").toString("hex"))
  }
  const algorithm = strongest.find((name) => known.has(name))
  return algorithm && { algorithm, hex: known.get(algorithm) ?? "" }
}

export const sameIntegrity = (a: Integrity, b: Integrity): boolean =>
  a.algorithm === b.algorithm && a.hex === b.hex

export const startHash = ({ algorithm }: Integrity): Hash => createHash(algorithm)

/** @throws Refusal 403 */
export function checkHash(hash: Hash, expected: Integrity): void {
  if (hash.digest("hex") === expected.hex) return
  throw new Refusal(
    403,
    "The bytes of this package are not those that its registry published. It was not installed.",
  )
}
