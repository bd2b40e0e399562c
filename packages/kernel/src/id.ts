import { randomBytes } from "node:crypto"
import { TypeID } from "typeid-js"
import type { Clock } from "./clock.ts"

/** Makes ids: a prefix and a UUIDv7 in 26 characters of Crockford base 32, so they sort by time. */
export type NewId<Prefixes extends string = string> = <Prefix extends Prefixes>(
  prefix: Prefix,
) => `${Prefix}_${string}`

/** @param random `n` random bytes; the system's by default */
export function makeNewId(clock: Clock, random: (n: number) => Uint8Array = randomBytes): NewId {
  return (prefix) => {
    const bytes = new Uint8Array(16)
    bytes.set(random(16))
    let ms = clock.now().getTime()
    for (let i = 5; i >= 0; i--) {
      bytes[i] = ms % 256
      ms = Math.floor(ms / 256)
    }
    // Version and variant bits of RFC 9562, section 5.7.
    bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
    bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
    return TypeID.fromUUIDBytes(prefix, bytes).toString() as `${typeof prefix}_${string}`
  }
}
