import { join } from "node:path"
import type { ObjectName } from "@vibecaas/contract/route"
import { routes } from "@vibecaas/contract/routes"
import { ownerOf } from "../db/named-functions.ts"
import type { Gateway } from "../http/gateway/index.ts"
import type { Readiness } from "../http/health.ts"
import { nextPages } from "../http/pages-next.ts"
import { defaultRateLimits, memoryRateLimiter } from "../http/rate-limit.ts"
import type { HandlerSource } from "../http/routes.ts"
import { type HttpServer, makeServer } from "../http/server.ts"
import type { Foundations } from "./foundations.ts"
import { makeLiveNews } from "./live-news.ts"
import type { ServerInput } from "./messages.ts"
import type { People } from "./people.ts"
import { version } from "./version.ts"

export interface HttpStackParts {
  input: ServerInput
  foundations: Foundations
  people: People
  kinds: readonly HandlerSource[]
  gateway: Gateway
  readiness: readonly Readiness[]
}

/** Live stream, dashboard, gateway and API: everything on the port. */
export async function makeHttpStack(parts: HttpStackParts): Promise<HttpServer> {
  const { input, foundations, people, gateway } = parts
  const { clock, log, newId, scope, database } = foundations
  const origins = originsOf(input)
  const findOwner = (object: ObjectName, id: string) => ownerOf(database, object, id)
  const pages = await nextPages({
    dir: join(input.places.checkout, "apps/dashboard"),
    development: false,
    publicUrl: input.config.publicUrl,
    frames: [framesOf(input)],
  })
  const server = await makeServer({
    ...{ clock, log, newId, scope, findOwner, pages, gateway, table: routes },
    ...people,
    kinds: parts.kinds,
    readiness: parts.readiness,
    stream: makeLiveNews(foundations, { people, origins, findOwner }),
    limiter: memoryRateLimiter(clock),
    config: {
      origins,
      trustProxy: input.config.trustProxy,
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
