import { join } from "node:path"
import type { Gateway } from "../gateway/index.ts"
import { type AssembledHttp, assembleHttp } from "../http/assemble.ts"
import type { Readiness } from "../http/health.ts"
import { nextPages } from "../http/pages-next.ts"
import { defaultRateLimits, memoryRateLimiter } from "../http/rate-limit.ts"
import type { ServedRow } from "../http/served.ts"
import { readEvents } from "../live/index.ts"
import type { Foundations } from "./foundations.ts"
import type { ServerInput } from "./messages.ts"
import { makePeople } from "./people.ts"
import type { Strays } from "./strays.ts"
import { version } from "./version.ts"

export interface HttpStackParts {
  input: ServerInput
  foundations: Foundations
  served: readonly ServedRow[]
  gateway: Gateway
  readiness: readonly Readiness[]
  strays: Strays
}

/** Live stream, dashboard, gateway and API: everything on the port. */
export async function makeHttpStack(parts: HttpStackParts): Promise<AssembledHttp> {
  const { input, foundations, gateway } = parts
  const origins = originsOf(input)
  const pages = await nextPages({
    dir: join(input.places.checkout, "apps/dashboard"),
    publicUrl: input.config.publicUrl,
    frames: [framesOf(input)],
  })
  const server = await assembleHttp({
    ...foundations,
    ...makePeople(foundations, input),
    ...{ pages, gateway },
    authSecret: input.secrets.sessionSecret,
    readEvents: (request) => readEvents(foundations.database, request),
    served: parts.served,
    readiness: parts.readiness,
    strays: parts.strays.seen,
    limiter: memoryRateLimiter(foundations.clock),
    config: {
      origins,
      proxies: input.config.proxies,
      signUpPolicy: input.config.signup,
      limits: defaultRateLimits,
      bodyLimitBytes: 25 * 1024 * 1024,
      version,
    },
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

/** The address people type first, then the loopback name of the same port when that is where we are. */
function originsOf({ config }: ServerInput): [string, ...string[]] {
  const local = config.loopback ? [`http://127.0.0.1:${config.port}`] : []
  return [config.publicUrl, ...local]
}

/** Where previews come from, as a source of a content security policy. */
function framesOf({ config }: ServerInput): string {
  const url = new URL(config.publicUrl)
  return `${url.protocol}//*.${config.appsDomain}${url.port ? `:${url.port}` : ""}`
}
