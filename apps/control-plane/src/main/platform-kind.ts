import type { platformRoutes } from "@vibecaas/contract/kinds/platform"
import type { Handlers } from "../core/kind.ts"
import type { Config } from "./config.ts"
import type { Isolation } from "./isolation.ts"

export interface PlatformParts {
  config: Config
  version: string
  isolation: () => Isolation
  simulated: readonly { part: string; sentence: string }[]
}

/** What this installation is made of: facts of the composition root, not of any kind. */
export function platformHandlers(parts: PlatformParts): {
  handlers: Handlers<typeof platformRoutes>
} {
  return {
    handlers: {
      "GET /platform": async () => ({
        version: parts.version,
        signup: parts.config.signup,
        baseDomain: parts.config.baseDomain,
        isolation: parts.isolation(),
        simulated: [...parts.simulated],
      }),
    },
  }
}
