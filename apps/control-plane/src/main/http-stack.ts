import { join } from "node:path"
import type { Gateway } from "../gateway/index.ts"
import { assembleHttp } from "../http/assemble.ts"
import { type KeySource, makeApiKeys } from "../http/auth/api-keys.ts"
import type { Accounts } from "../http/auth/make-accounts.ts"
import type { Readiness } from "../http/health.ts"
import type { Metrics } from "../http/metrics.ts"
import { nextPages } from "../http/pages-next.ts"
import type { RateLimiter } from "../http/rate-limit.ts"
import type { ServedRow } from "../http/served.ts"
import type { HttpConfig, HttpServer } from "../http/server.ts"
import { readEvents } from "../live/index.ts"
import { showMe } from "../tenants/index.ts"
import type { Foundations } from "./foundations.ts"
import type { ServerInput } from "./messages.ts"
import type { Strays } from "./strays.ts"

export interface HttpStackParts {
  input: ServerInput
  foundations: Foundations
  config: HttpConfig
  limiter: RateLimiter
  accounts: Accounts
  served: readonly ServedRow[]
  keys: KeySource
  gateway: Gateway
  readiness: readonly Readiness[]
  strays: Strays
  metrics: Metrics | undefined
}

/** Live stream, dashboard, gateway and API: everything on the port. */
export async function makeHttpStack(parts: HttpStackParts): Promise<HttpServer> {
  const { input, foundations, gateway } = parts
  const pages = await nextPages({
    dir: join(input.places.checkout, "apps/dashboard"),
    publicUrl: input.config.publicUrl,
    frames: [framesOf(input)],
  })
  const server = await assembleHttp({
    ...foundations,
    ...{ pages, gateway, config: parts.config, limiter: parts.limiter },
    sessions: parts.accounts.sessions,
    keys: makeApiKeys({ ...foundations, keys: parts.keys }),
    showMe: (principal) => showMe(foundations.database, principal),
    readEvents: (request) => readEvents(foundations.database, request),
    served: parts.served,
    readiness: parts.readiness,
    strays: parts.strays.seen,
    ...(parts.metrics ? { metrics: parts.metrics } : {}),
  })
  return {
    ...server,
    async close() {
      await server.close()
      gateway.close()
      await pages.close()
    },
  }
}

/** Where previews come from, as a source of a content security policy. */
function framesOf({ config }: ServerInput): string {
  const url = new URL(config.publicUrl)
  return `${url.protocol}//*.${config.appsDomain}${url.port ? `:${url.port}` : ""}`
}
