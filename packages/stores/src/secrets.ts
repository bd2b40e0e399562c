import type { Engine } from "./engine.ts"

const letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"

/**
 * The secrets that a new store begins with; those that a hook learns are absent.
 *
 * @param random `n` random bytes
 */
export function makeSecrets(
  engine: Pick<Engine, "secrets">,
  random: (n: number) => Uint8Array,
): Record<string, string> {
  const made: Record<string, string> = {}
  for (const { name, made: how } of engine.secrets) {
    if (how === "hex") made[name] = Buffer.from(random(32)).toString("hex")
    if (how === "password") made[name] = password(random)
  }
  return made
}

/** Each of its 24 characters is equally likely: bytes that would favour some are thrown away. */
function password(random: (n: number) => Uint8Array): string {
  const most = 256 - (256 % letters.length)
  let text = ""
  while (text.length < 24) {
    for (const byte of random(32)) {
      if (byte < most && text.length < 24) text += letters[byte % letters.length]
    }
  }
  return text
}
