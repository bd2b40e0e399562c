import { createServer, type RequestListener, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import type { Me } from "@vibecaas/contract/kinds/tenants"
import type { Clock } from "@vibecaas/kernel/clock"
import type { NewId } from "@vibecaas/kernel/id"
import { inTime } from "@vibecaas/kernel/in-time"
import type { Log } from "@vibecaas/kernel/log"
import type { FastifyInstance } from "fastify"
import type { Scope } from "../core/ctx.ts"
import type { Principal } from "../core/kind.ts"
import type { FindPlace } from "./access.ts"
import { makeApi } from "./api.ts"
import { registerAssistants } from "./assistants/register.ts"
import type { SignUpPolicy } from "./auth/account-handlers.ts"
import type { Principals } from "./auth/remembered.ts"
import { sessionCookieName } from "./auth/session-cookie.ts"
import type { Sessions } from "./auth/sessions.ts"
import { findPrincipal } from "./credentials.ts"
import { type Gateway, makeDispatch, type Pages } from "./dispatch.ts"
import { openApiOf } from "./docs/openapi.ts"
import { registerReference } from "./docs/reference.ts"
import { fromOutside } from "./from-outside.ts"
import { type Readiness, registerHealth } from "./health.ts"
import { registerJwks } from "./jwks.ts"
import { type Metrics, registerMetrics } from "./metrics.ts"
import { pagesForVisitors } from "./pages-for-visitors.ts"
import type { FindRates } from "./plan-rates.ts"
import type { RateLimiter, RateLimits } from "./rate-limit.ts"
import { registerRoutes } from "./routes.ts"
import type { ServedRow } from "./served.ts"
import type { LiveStream } from "./stream/live-stream.ts"

export interface HttpConfig {
  /** origins under which people reach the dashboard; the first is the canonical one */
  origins: readonly [string, ...string[]]
  /** proxies before this server: so many of the last addresses in X-Forwarded-For are believed */
  proxies: number
  signUpPolicy: SignUpPolicy
  limits: RateLimits
  /** largest body of a call, in bytes; a commit of many files is the largest */
  bodyLimitBytes: number
  version: string
}

export interface ServerParts {
  config: HttpConfig
  clock: Clock
  newId: NewId
  log: Log
  /** the contract's rows with their handlers */
  served: readonly ServedRow[]
  scope: Scope
  findPlace: FindPlace
  findRates: FindRates
  sessions: Sessions
  /** without it, no API key is known */
  keys?: Pick<Principals, "find">
  /** the person with every organization they belong to */
  showMe(principal: Principal): Promise<Me>
  limiter: RateLimiter
  stream: LiveStream
  readiness: readonly Readiness[]
  /** failures that the process outlived, shown beside the readiness */
  strays(): { count: number }
  pages: Pages
  gateway?: Gateway
  /** without it there are none to read */
  metrics?: Metrics
}

export interface HttpServer {
  /** @param port 0 takes a free one */
  listen(host: string, port: number): Promise<void>
  /** stops taking calls, lets those under way end for a while, closes every socket */
  close(): Promise<void>
  address(): AddressInfo
  /** how many parts of this process hear upgrades: one, or they take them from each other */
  upgradeListeners(): number
}

/** How long calls under way may take when the server stops, in `ms`. */
const drainMs = 5_000

/** How long a request to the API or the dashboard may take to arrive, in `ms`. */
const arrivalMsMax = 300_000

/**
 * How long a connection may be idle, in `ms`: longer than proxies keep theirs (60 s), or they would
 * send a request into one that we are closing.
 */
const idleMs = 72_000

/** Everything on the port: one server, one request listener, one upgrade listener. */
export async function makeServer(parts: ServerParts): Promise<HttpServer> {
  let server: Server | undefined
  const app = makeApi({
    ...parts.config,
    makeServer: (fastify) => {
      server = sharedServer(parts, fastify)
      return server
    },
    findPrincipal: (credentials) => findPrincipal(parts, credentials),
    limiter: parts.limiter,
    findRates: parts.findRates,
    newRequestId: () => parts.newId("req"),
    log: parts.log,
  })
  await registerAll(app, parts)
  await app.ready()
  return {
    listen: async (host, port) => {
      // What comes from a connection later, such as bodies, is marked as well.
      await fromOutside("a connection", () => app.listen({ host, port }))
    },
    close: () => drain(app, parts, server),
    upgradeListeners: () => server?.listenerCount("upgrade") ?? 0,
    address: () => app.server.address() as AddressInfo, // null only before listen
  }
}

function sharedServer(parts: ServerParts, fastify: RequestListener): Server {
  const dispatch = makeDispatch({
    hosts: parts.config.origins.map((origin) => new URL(origin).hostname),
    gateway: parts.gateway,
    pages: pagesForVisitors(parts.pages, parts),
    stream: parts.stream,
    arrivalMsMax,
    clock: parts.clock,
    onError: (error) => parts.log.error({ err: error }, "a page failed"),
  })
  const server = createServer((request, response) => dispatch.request(request, response, fastify))
  server.keepAliveTimeout = idleMs
  // An upload to an app may take long; heads must still come within Node's minute.
  server.requestTimeout = 0
  server.on("upgrade", dispatch.upgrade)
  return server
}

async function registerAll(app: FastifyInstance, parts: ServerParts): Promise<void> {
  const { config } = parts
  registerHealth(app, {
    checks: parts.readiness,
    strays: parts.strays,
    clock: parts.clock,
  })
  if (parts.metrics) registerMetrics(app, parts.metrics)
  registerRoutes(app, { ...parts, limits: config.limits })
  registerAssistants(app, parts)
  registerJwks(app, parts.served)
  const document = openApiOf({
    rows: parts.served,
    version: config.version,
    publicUrl: config.origins[0],
    sessionCookie: sessionCookieName(config.origins[0]),
  })
  registerReference(app, document)
}

async function drain(app: FastifyInstance, parts: ServerParts, server: Server | undefined) {
  const closed = parts.stream.close().then(() => app.close())
  await inTime({ clock: parts.clock, ms: drainMs }, closed, () => {
    server?.closeAllConnections()
    return closed
  })
}
