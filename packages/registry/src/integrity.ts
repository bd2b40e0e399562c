import { createHash } from "node:crypto"
import type { FileHandle } from "node:fs/promises"
import { Refusal } from "./refusal.ts"
import { hashOfZip } from "./zip-hash.ts"

/**
 * What bytes must be: a hash of one of the kinds that registries publish. Those of Go's go.sum are of the
 * files in an archive, and of a go.mod.
 */
export interface Integrity {
  algorithm: "sha512" | "sha384" | "sha256" | "sha1" | "h1-zip" | "h1-mod"
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

export interface Check {
  /** takes the bytes as they come */
  update(chunk: Uint8Array): void
  /**
   * @param file has all of them, to be read
   * @throws Refusal 403 when they are others
   */
  end(file: FileHandle): Promise<void>
}

export function startCheck({ algorithm, hex }: Integrity): Check {
  const hash = createHash(algorithm.startsWith("h1-") ? "sha256" : algorithm)
  return {
    update: (chunk) => void hash.update(chunk),
    async end(file) {
      if ((await wholeHash(algorithm, { seen: hash.digest("hex"), file })) === hex) return
      throw new Refusal(
        403,
        "The bytes of this package are not those that its registry published. It was not installed.",
      )
    },
  }
}

/** @param seen of all bytes */
async function wholeHash(
  algorithm: Integrity["algorithm"],
  { seen, file }: { seen: string; file: FileHandle },
): Promise<string> {
  if (algorithm === "h1-zip") return hashOfZip(file)
  // As if it were alone in an archive.
  if (algorithm === "h1-mod") return createHash("sha256").update(`${seen}  go.mod\n`).digest("hex")
  return seen
}
