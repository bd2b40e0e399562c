import type { Route, RouteTable } from "@vibecaas/contract/route"
import { invariant } from "@vibecaas/kernel/fault"
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify"
import type { Scope } from "../core/ctx.ts"
import type { FindOwner } from "./access.ts"
import { assertAllowed, type RateLimiter, type RateLimits, rateHeaders } from "./rate-limit.ts"
import { makeRunner } from "./route-runner.ts"

/** Handlers of some kinds: one function per row of the contract, checked against it at start. */
export interface HandlerSource {
  handlers: object
}

export interface RouteParts {
  /** rows to serve; the contract's whole table but in tests of single kinds */
  table: RouteTable
  kinds: readonly HandlerSource[]
  scope: Scope
  findOwner: FindOwner
  limiter: RateLimiter
  limits: RateLimits
}

/** Requests reach their row at this prefix. */
export const apiPrefix = "/api/v1"

/** Registers every row of the contract's table; a missing or surplus handler stops the start. */
export function registerRoutes(app: FastifyInstance, parts: RouteParts): void {
  const handlers = collectHandlers(parts.table, parts.kinds)
  for (const [name, route] of Object.entries(parts.table)) {
    const { method, url } = addressOf(name)
    const run = makeRunner({ name, route, handler: handlers[name], scope: parts.scope })
    app.route({
      method,
      url,
      // HEAD comes with every GET: Fastify adds it.
      config: { access: route.access.by },
      handler: async (request, reply) => {
        const prepared = await run.prepare(request, parts.findOwner)
        await countCall(parts, { request, reply, route, organizationId: prepared.organizationId })
        return prepared.answer(reply)
      },
    })
  }
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

type AnyHandler = (request: unknown) => Promise<unknown>

function collectHandlers(table: RouteTable, kinds: readonly HandlerSource[]) {
  const entries = kinds.flatMap((kind) => Object.entries(kind.handlers))
  const found = new Map<string, AnyHandler>(entries)
  const missing = Object.keys(table).filter((name) => !found.has(name))
  const surplus = [...found.keys()].filter((name) => !(name in table))
  invariant(found.size === entries.length, "two kinds serve the same route")
  invariant(missing.length === 0, `no handler for ${missing.join(", ")}`)
  invariant(surplus.length === 0, `not in the contract: ${surplus.join(", ")}`)
  return Object.fromEntries(found)
}

interface CountedCall {
  request: FastifyRequest
  reply: FastifyReply
  route: Route
  organizationId: string | undefined
}

async function countCall({ limiter, limits }: RouteParts, call: CountedCall): Promise<void> {
  const principal = call.request.principal
  if (!principal) return
  const organizationId = call.organizationId ?? principal.personalOrganizationId
  const allowance = await limiter.take(`organization:${organizationId}`, limits.organization)
  call.reply.headers(rateHeaders(allowance))
  assertAllowed(allowance, "Your organization makes too many requests. Wait a moment.")
  if (!call.route.provisions) return
  const writes = await limiter.take(`provisioning:${principal.userId}`, limits.provisioning)
  if (writes.remaining < allowance.remaining) call.reply.headers(rateHeaders(writes))
  assertAllowed(writes, "You start things faster than the limit allows. Wait a moment.")
}
