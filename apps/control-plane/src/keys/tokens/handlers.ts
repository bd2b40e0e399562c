import type { tokenRoutes } from "@vibecaas/contract/token-routes"
import type { HandlersOf } from "../../core/kind.ts"
import type { SigningKeys } from "./signing-keys.ts"
import type { Tokens } from "./tokens.ts"

export function tokenHandlers(tokens: Tokens, keys: SigningKeys): HandlersOf<typeof tokenRoutes> {
  return {
    "POST /tokens": async ({ principal, body }) => {
      const { organizationId, minutes, permissions, audience } = body
      const wanted = { organizationId, minutes, permissions, audience }
      const { expiresAt, ...made } = await tokens.sign(principal, wanted)
      return { ...made, expiresAt: expiresAt.toISOString() }
    },
    "GET /tokens/keys": async () => ({ keys: await keys.list() }),
  }
}
