import type { RequestListener, Server } from "node:http"
import type { RatePolicy } from "@vibecaas/contract/rate"
import type { Route } from "@vibecaas/contract/routes"
import { fault } from "@vibecaas/kernel/fault"
import type { Log } from "@vibecaas/kernel/log"
import Fastify, {
  type FastifyHttpOptions,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify"
import type { Principal } from "../core/kind.ts"
import { addressKey } from "./address-key.ts"
import { allowedMethods } from "./allowed-methods.ts"
import { answerHeaders } from "./content-security.ts"
import { type Credentials, challengeOf, credentialsOf, unauthenticated } from "./credentials.ts"
import { deprecationHeaders } from "./deprecation.ts"
import { faultsOf } from "./faults-of.ts"
import { checkMediaType, checkOrigin } from "./origin-check.ts"
import { type FindRates, rateIn } from "./plan-rates.ts"
import { problemFor } from "./problems.ts"
import {
  assertAllowed,
  type RateLimit,
  type RateLimiter,
  type RateLimits,
  signInFrom,
  tellRate,
  tooManyTries,
} from "./rate-limit.ts"
import { checkRawType } from "./raw-body.ts"
import { apiPrefix } from "./routes.ts"

declare module "fastify" {
  interface FastifyRequest {
    /** who is signed in; undefined for anybody else */
    principal: Principal | undefined
  }
  interface FastifyContextConfig {
    /** the row of the contract, which says who may come in at all */
    route?: Route
  }
}

export interface ApiParts {
  /** makes the one server that everything on the port shares */
  makeServer(fastify: RequestListener): Server
  /** origins of the dashboard, e.g. `https://vibecaas.example`; the first is the canonical one */
  origins: readonly string[]
  /** proxies before this server: so many of the last addresses in X-Forwarded-For are believed */
  proxies: number
  /** largest body in bytes */
  bodyLimitBytes: number
  findPrincipal(credentials: Credentials): Promise<Principal | undefined>
  limiter: RateLimiter
  findRates: FindRates
  limits: Pick<RateLimits, "person" | "anonymous" | "signInPerAddress">
  newRequestId(): string
  log: Log
}

/** Fastify with what every call has in common: who, from where, how failures look. */
export function makeApi(parts: ApiParts): FastifyInstance {
  const options: FastifyHttpOptions<Server> = {
    serverFactory: (handler) => parts.makeServer(handler),
    logger: false,
    // Each proxy appends whom it heard from; what stands before that was written by the client.
    trustProxy: (_address: string, hop: number) => hop < parts.proxies,
    bodyLimit: parts.bodyLimitBytes,
    genReqId: () => parts.newRequestId(),
    forceCloseConnections: "idle",
    routerOptions: { ignoreTrailingSlash: false },
    frameworkErrors: (error, request, reply) => sendProblem(parts.log, { error, request, reply }),
  }
  const app = Fastify(options)
  const methodsAt = allowedMethods(app)
  app.decorateRequest("principal", undefined)
  readJsonOnly(app)
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id)
    reply.headers(answerHeaders)
  })
  app.addHook("onRequest", (request, reply) => admit(parts, request, reply))
  app.addHook("onRequest", async (request, reply) => {
    // Before the body is read: the framework asks for one of methods that no row has.
    if (request.is404) throw noRoute(methodsAt(pathOf(request)), reply)
  })
  app.addHook("onResponse", async (request, reply) => logCall(parts.log, request, reply))
  app.setErrorHandler((error, request, reply) => sendProblem(parts.log, { error, request, reply }))
  app.setNotFoundHandler((request, reply) => {
    throw noRoute(methodsAt(pathOf(request)), reply)
  })
  return app
}

/** JSON is the one language of the API; an empty body is the same as none. */
function readJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  const parse = app.getDefaultJsonParser("error", "error")
  app.addContentTypeParser<string>(
    "application/json",
    { parseAs: "string" },
    (request, body, done) => (body === "" ? done(null, undefined) : parse(request, body, done)),
  )
}

/** Counts a call before anything else looks at it: what is refused costs us as well. */
async function admit(parts: ApiParts, request: FastifyRequest, reply: FastifyReply) {
  const { route } = request.routeOptions.config
  if (route === undefined && !request.is404) return
  const { cookie } = request.headers
  const credentials = route ? credentialsOf(route, request.headers) : { cookie }
  request.principal = await parts.findPrincipal(credentials)
  await count(parts, request, reply)
  if (route === undefined) return
  reply.headers(deprecationHeaders(route.deprecated))
  checkOrigin(parts.origins, { method: request.method, headers: guardedHeaders(route, request) })
  if (route.raw) checkRawType(route.raw, request.headers["content-type"])
  else checkMediaType(request)
  if (!request.principal && route.access.by !== "public")
    throw unauthenticated(route, request.headers)
  assertOnlyLooks(route, request)
}

/** Who looks as somebody else changes nothing of theirs, and in no other organization either. */
function assertOnlyLooks(route: Route, { method, principal }: FastifyRequest): void {
  if (!principal?.impersonator || route.access.by === "public" || route.whenImpersonating) return
  if (["GET", "HEAD"].includes(method)) return
  const say = `You look as ${principal.name}, so nothing can be changed. End that first.`
  throw fault("forbidden", { say })
}

/** A call that begins a session makes no use of the cookie that comes with it: scripts need no origin. */
function guardedHeaders({ session }: Route, { headers }: FastifyRequest) {
  const { origin, cookie } = headers
  return { origin, cookie: session === "starts" ? undefined : cookie }
}

async function count(parts: ApiParts, request: FastifyRequest, reply: FastifyReply) {
  const { key, limit, policy, say } = await whoseCount(parts, request)
  const allowance = await parts.limiter.take(key, limit)
  tellRate(reply, policy, allowance)
  assertAllowed(allowance, say)
}

/** As many as the largest of their organizations may make, or the calls in that one could not be made. */
async function personRate(
  findRates: FindRates,
  set: RateLimit | undefined,
  { personalOrganizationId, memberships }: Principal,
): Promise<RateLimit> {
  if (set) return set
  const ids = [personalOrganizationId, ...memberships.map((each) => each.organizationId)]
  const rates = (await findRates(ids)).map((each) => rateIn(each, "requests_a_minute", set))
  return rates.reduce((most, each) => (each.max > most.max ? each : most))
}

interface WhoseCount {
  key: string
  limit: RateLimit
  policy: RatePolicy
  say: string
}

async function whoseCount(
  { limits, findRates }: ApiParts,
  { principal, ip, routeOptions }: FastifyRequest,
): Promise<WhoseCount> {
  const tooMany = (whose: string) => `Too many requests ${whose} arrive. Wait a moment.`
  // Whoever tries to sign in is counted by their address, whatever cookie comes with it.
  if (routeOptions.config.route?.session === "starts")
    return { ...signInFrom(ip, limits), policy: "sign-in", say: tooManyTries }
  if (principal)
    return {
      ...{
        key: `person:${principal.impersonator?.id ?? principal.userId}`,
        limit: await personRate(findRates, limits.person, principal),
        policy: "person",
      },
      say: tooMany("of yours"),
    }
  return {
    ...{ key: `anonymous:${addressKey(ip)}`, limit: limits.anonymous, policy: "address" },
    say: tooMany("without a session from your address"),
  }
}

/** What the log says of a code that neither the row nor its access declares; tests fail by it. */
export const undeclaredFault = "a row of the contract answered a fault that it does not declare"

interface Failed {
  error: unknown
  request: FastifyRequest
  reply: FastifyReply
}

function sendProblem(log: Log, { error, request, reply }: Failed) {
  const problem = problemFor(error, request.id)
  const fields = { err: error, requestId: request.id, route: request.routeOptions.url }
  if (problem.bug) log.error(fields, "a request failed by our mistake")
  else if (problem.status >= 500) log.warn(fields, "a request could not be served")
  const { route } = request.routeOptions.config ?? {}
  if (problem.status === 401) reply.header("www-authenticate", challengeOf(route))
  if (route && !faultsOf(request.method, route).has(problem.code))
    log.error({ ...fields, code: problem.code }, undeclaredFault)
  return reply.code(problem.status).headers(problem.headers).send(JSON.stringify(problem.body))
}

function noRoute(methods: string[], reply: FastifyReply) {
  if (methods.length === 0) return fault("not_found", { say: "There is nothing at this address." })
  reply.header("allow", methods.join(", "))
  return fault("method_not_allowed", { say: `This address takes ${methods.join(", ")}.` })
}

function pathOf(request: FastifyRequest): string {
  return request.url.split("?", 1)[0] ?? ""
}

function logCall(log: Log, request: FastifyRequest, reply: FastifyReply): void {
  if (!request.url.startsWith(apiPrefix)) return
  const fields = {
    requestId: request.id,
    method: request.method,
    route: request.routeOptions.url,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    userId: request.principal?.userId,
  }
  const quiet = request.method === "GET" && reply.statusCode < 400
  if (quiet) log.debug(fields, "call")
  else log.info(fields, "call")
}
