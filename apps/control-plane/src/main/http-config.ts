import type { HttpConfig } from "../http/server.ts"
import type { ServerInput } from "./messages.ts"
import { version } from "./version.ts"

/** What the settings of an installation mean for whoever calls it. */
export function httpConfigOf(input: ServerInput): HttpConfig {
  return {
    origins: originsOf(input),
    proxies: input.config.proxies,
    signUpPolicy: input.config.signup,
    limits: input.config.rateLimits,
    bodyLimitBytes: 25 * 1024 * 1024,
    version,
  }
}

/** The address people type first, then the loopback name of the same port when that is where we are. */
function originsOf({ config }: ServerInput): [string, ...string[]] {
  const local = config.loopback ? [`http://127.0.0.1:${config.port}`] : []
  return [config.publicUrl, ...local]
}
