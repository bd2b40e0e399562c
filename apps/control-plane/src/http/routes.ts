import type { Route } from "@vibecaas/contract/routes"
import type { Log } from "@vibecaas/kernel/log"
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify"
import type { Scope } from "../core/ctx.ts"
import type { FindPlace } from "./access.ts"
import { type FindRates, rateIn, smallestRates } from "./plan-rates.ts"
import {
  assertAllowed,
  type RateLimit,
  type RateLimiter,
  type RateLimits,
  tellRate,
} from "./rate-limit.ts"
import { takeRawBodies } from "./raw-body.ts"
import { recordDenials } from "./record-denials.ts"
import { prepareCall } from "./route-runner.ts"
import type { ServedRow } from "./served.ts"

export interface RouteParts {
  /** the contract's whole table but in tests of single kinds */
  served: readonly ServedRow[]
  scope: Scope
  findPlace: FindPlace
  log: Log
  limiter: RateLimiter
  findRates: FindRates
  limits: RateLimits
}

/** Requests reach their row at this prefix. */
export const apiPrefix = "/api/v1"

/** Registers every row that is served. */
export function registerRoutes(app: FastifyInstance, parts: RouteParts): void {
  const raw = parts.served.filter(takesBytes)
  for (const row of parts.served) if (!takesBytes(row)) registerRow(app, parts, row)
  takeRawBodies(app, (within) => {
    for (const row of raw) registerRow(within, parts, row)
  })
}

const takesBytes = ({ route }: ServedRow) => route.raw !== undefined

function registerRow(app: FastifyInstance, parts: RouteParts, row: ServedRow): void {
  const { route } = row
  const { method, url } = addressOf(row.name)
  const { scope, log, findPlace } = parts
  const served = { ...row, scope, log, findPlace, recordDenial: recordDenials(parts) }
  app.route({
    method,
    url,
    // HEAD comes with every GET: Fastify adds it.
    config: { route },
    ...(route.raw ? { bodyLimit: route.raw.bytesMax } : {}),
    handler: async (request, reply) => {
      const prepared = await prepareCall(served, request)
      await countCall(parts, { request, reply, route, organizationId: prepared.organizationId })
      return prepared.answer(reply)
    },
  })
}

/** `"GET /projects/{projectId}"` → `GET`, `/api/v1/projects/:projectId` */
export function addressOf(name: string): { method: HTTPMethods; url: string } {
  const [method = "", path = ""] = name.split(" ")
  // The table's keys begin with one of the contract's methods.
  return {
    method: method as HTTPMethods,
    url: `${apiPrefix}${path.replaceAll(/\{(\w+)\}/g, ":$1")}`,
  }
}

const tooFast = {
  organization: "Your organization makes too many requests. Wait a moment.",
  provisioning: "You start things faster than the limit allows. Wait a moment.",
}

interface CountedCall {
  request: FastifyRequest
  reply: FastifyReply
  route: Route
  organizationId: string | undefined
}

async function countCall(parts: RouteParts, call: CountedCall): Promise<void> {
  const { limiter, limits, findRates } = parts
  const { principal } = call.request
  if (!principal) return
  const count = async (policy: keyof typeof tooFast, whose: string, limit: RateLimit) => {
    const allowance = await limiter.take(`${policy}:${whose}`, limit)
    tellRate(call.reply, policy, allowance)
    assertAllowed(allowance, tooFast[policy])
  }
  const organization = call.organizationId ?? principal.personalOrganizationId
  const [rates = smallestRates] = await findRates([organization])
  const requests = rateIn(rates, "requests_a_minute", limits.organization)
  await count("organization", organization, requests)
  if (!call.route.provisions) return
  const starts = rateIn(rates, "starts_a_minute", limits.provisioning)
  await count("provisioning", `${principal.userId} ${organization}`, starts)
}
