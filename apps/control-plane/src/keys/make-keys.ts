import { apiKeyId } from "@vibecaas/contract/kinds/keys"
import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import type { MasterKey } from "@vibecaas/kernel/seal"
import type { Kind } from "../core/kind.ts"
import type { Database } from "../db/tenant.ts"
import { keyHandlers } from "./routes.ts"
import { secretHash } from "./secret.ts"
import { tokenHandlers } from "./tokens/handlers.ts"
import { principalOf } from "./tokens/principal-of.ts"
import { makeSigningKeys } from "./tokens/signing-keys.ts"
import { isToken, makeTokens } from "./tokens/tokens.ts"
import { type KeyUse, makeKeyUse } from "./use-key.ts"

export interface KeysParts {
  database: Database
  clock: Clock
  log: Log
  /** by which secrets are hashed */
  hashKey: Uint8Array
  /** seals what tokens are signed with */
  masterKey: MasterKey
  /** where people reach the platform */
  publicUrl: string
}

/** Keys by which programs make calls, and who sends one. */
export function makeKeys(parts: KeysParts): { kind: Kind<"keys">; use: KeyUse } {
  const hash = secretHash(parts.hashKey)
  const signing = makeSigningKeys(parts)
  const find = (id: string) => principalOf(parts.database, id)
  const tokens = makeTokens({ ...parts, keys: signing, principalOf: find })
  const use = makeKeyUse(parts, hash)
  const handlers = { ...keyHandlers(hash), ...tokenHandlers(tokens, signing) }
  return {
    kind: { handlers, loops: [] },
    use: {
      load: (shown) => (isToken(shown) ? tokens.load(shown) : use.load(shown)),
      // A token of a session is no key.
      note: async (principal) => {
        if (apiKeyId.safeParse(principal.userId).success) await use.note(principal)
      },
    },
  }
}
