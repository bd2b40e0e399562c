import type { Clock } from "@vibecaas/kernel/clock"
import type { Found, Principal } from "../../core/kind.ts"
import { type Principals, rememberPrincipals } from "./remembered.ts"

/** What the kind of keys knows of who sends one. */
export interface KeySource {
  /** whom a secret stands for; undefined for one that is unknown, over or revoked */
  load(secret: string): Promise<Found | undefined>
  /** keeps that a key was used */
  note(key: Principal): Promise<void>
}

/** Who sends an API key, remembered and forgotten as sessions are. */
export function makeApiKeys(parts: { clock: Clock; keys: KeySource }): Principals {
  const bySecret = rememberPrincipals({
    clock: parts.clock,
    load: (secret) => parts.keys.load(secret),
  })
  return {
    ...bySecret,
    async find(secret) {
      const key = await bySecret.find(secret)
      if (key) await parts.keys.note(key)
      return key
    },
  }
}
