import type { StarterWarming } from "@vibecaas/contract/kinds/platform"
import type { Kind } from "../core/kind.ts"
import type { Config } from "./config.ts"
import type { Isolation } from "./isolation.ts"
import { type ReportingLoops, readLoops } from "./read-loops.ts"

export interface PlatformParts {
  config: Pick<Config, "signup" | "baseDomain">
  version: string
  isolation: () => Isolation
  simulated: () => { part: string; sentence: string }[]
  loops: ReportingLoops
  warming(): StarterWarming
}

/** What this installation is made of: facts of the composition root, not of any kind. */
export function makePlatform(parts: PlatformParts): Kind<"platform"> {
  return {
    handlers: {
      "GET /platform": async () => ({
        version: parts.version,
        signup: parts.config.signup,
        baseDomain: parts.config.baseDomain,
        isolation: parts.isolation(),
        simulated: parts.simulated(),
      }),
      "GET /platform/loops": async () => ({
        items: await readLoops(parts.loops),
        warming: parts.warming(),
      }),
    },
    loops: [],
  }
}
