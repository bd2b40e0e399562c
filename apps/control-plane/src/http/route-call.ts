import { apiKeyId } from "@vibecaas/contract/kinds/keys"
import type { Route } from "@vibecaas/contract/routes"
import type { FastifyReply, FastifyRequest } from "fastify"
import type { Actor } from "../core/ctx.ts"
import type { Principal, RawRequest, Visitor } from "../core/kind.ts"
import { readIdempotencyKey } from "./idempotency.ts"
import { type ParsedInput, parseIfMatch, parseInput } from "./route-input.ts"

/** A request, checked against its row of the contract. */
export interface Call extends ParsedInput {
  principal: Principal | undefined
  actor: Actor
  ifMatch: number | string | undefined
  idempotencyKey: string | undefined
  /** for rows that take bytes */
  raw: RawRequest | undefined
  /** for rows that make, change or end a session */
  visitor: Visitor | undefined
}

/** @throws Fault as `parseInput`; `malformed` for a header that cannot be read */
export function readCall(route: Route, request: FastifyRequest): Call {
  const { headers, principal } = request
  return {
    ...parseInput(route, request),
    principal,
    actor: actorOf(request),
    ifMatch: parseIfMatch(route.ifMatch, headers["if-match"]),
    idempotencyKey: route.idempotent ? readIdempotencyKey(headers["idempotency-key"]) : undefined,
    raw: route.raw ? { bytes: bytesOf(request.body), headers } : undefined,
    visitor: route.session ? visitorOf(request) : undefined,
  }
}

/** Aborts when the client leaves before its answer is out. */
export function signalOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  reply.raw.once("close", () => {
    if (!reply.raw.writableFinished) controller.abort(new Error("the client left"))
  })
  return controller.signal
}

function actorOf(request: FastifyRequest): Actor {
  const { principal } = request
  if (!principal) return { kind: "system", id: null, name: "a visitor" }
  const { userId, impersonator } = principal
  const kind = apiKeyId.safeParse(userId).success ? "key" : "user"
  const id = impersonator?.id ?? userId
  const name = impersonator ? `${impersonator.name} as ${principal.name}` : principal.name
  return { kind, id, name, ip: request.ip, requestId: request.id }
}

function visitorOf({ headers, ip, id, principal }: FastifyRequest): Visitor {
  const { cookie, "user-agent": userAgent } = headers
  return { cookie, userAgent, principal, ip, requestId: id }
}

/** Without a body there is nothing to parse, and so no buffer. */
function bytesOf(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array()
}
