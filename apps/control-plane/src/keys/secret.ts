import { createHmac, randomBytes } from "node:crypto"
import { crc32 } from "node:zlib"

/**
 * A secret reads `vck_`, 43 characters that carry 256 random bits, and 6 of a checksum, all in
 * base 62: programs that look for leaked secrets can tell one by its form alone, without asking us.
 */
const prefix = "vck_"
const bodyLength = 43
const checksumLength = 6
const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
const form = new RegExp(`^${prefix}[0-9A-Za-z]{${bodyLength + checksumLength}}$`)

export function newSecret(random: (n: number) => Uint8Array = randomBytes): string {
  const body = base62(BigInt(`0x${Buffer.from(random(32)).toString("hex")}`), bodyLength)
  return `${prefix}${body}${checksumOf(`${prefix}${body}`)}`
}

/** Whether a text can be a secret of ours: what cannot is refused without asking the database. */
export function isSecret(text: string): boolean {
  if (!form.test(text)) return false
  const cut = text.length - checksumLength
  return checksumOf(text.slice(0, cut)) === text.slice(cut)
}

/** By what a person tells one secret from another. */
export const endingOf = (secret: string) => secret.slice(-4)

/** How secrets are hashed: by a key that is not in the database, so that it alone can try none. */
export type HashSecret = (secret: string) => Buffer

/** A secret has 256 random bits, so one round is enough: nobody guesses it. */
export function secretHash(key: Uint8Array): HashSecret {
  return (secret) => createHmac("sha256", key).update(secret).digest()
}

const checksumOf = (text: string) => base62(BigInt(crc32(text)), checksumLength)

function base62(value: bigint, length: number): string {
  let text = ""
  for (let rest = value; rest > 0n; rest /= 62n) text = `${digits[Number(rest % 62n)]}${text}`
  return text.padStart(length, "0")
}
