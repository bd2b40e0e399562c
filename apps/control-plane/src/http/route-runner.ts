import type { Role } from "@vibecaas/contract/roles"
import type { Route } from "@vibecaas/contract/routes"
import { fault, invariant } from "@vibecaas/kernel/fault"
import type { FastifyReply, FastifyRequest } from "fastify"
import type { Actor, Ctx, Scope } from "../core/ctx.ts"
import type { Principal } from "../core/kind.ts"
import { type FindOwner, type Granted, grantAccess } from "./access.ts"
import { type KeyedCall, once, readIdempotencyKey } from "./idempotency.ts"
import { type ParsedInput, parseIfMatch, parseInput } from "./route-input.ts"
import { type EncodedReply, encodeReply } from "./route-reply.ts"
import type { ServedRow } from "./served.ts"

export interface Row extends ServedRow {
  scope: Scope
}

/** A call that was parsed and allowed, and has not touched anything yet. */
export interface PreparedCall {
  /** the organization the call is about, when it is about one */
  organizationId: string | undefined
  answer(reply: FastifyReply): Promise<FastifyReply>
}

/** One row of the contract, ready to serve requests: parse, allow, run in a transaction, encode. */
export function makeRunner(row: Row) {
  return {
    async prepare(request: FastifyRequest, findOwner: FindOwner): Promise<PreparedCall> {
      const call = readCall(row.route, request)
      const granted = await grant(row.route, call, findOwner)
      return {
        organizationId: granted?.organizationId,
        answer: async (reply) => {
          const signal = signalOf(reply)
          const encoded = granted
            ? await runScoped(row, call, { ...granted, signal })
            : await runUnscoped(row, call)
          return send(reply, encoded)
        },
      }
    },
  }
}

interface Call extends ParsedInput {
  principal: Principal | undefined
  actor: Actor
  ifMatch: number | undefined
  idempotencyKey: string | undefined
}

function readCall(route: Route, request: FastifyRequest): Call {
  const { headers, principal } = request
  return {
    ...parseInput(route, request),
    principal,
    actor: actorOf(request),
    ifMatch: route.ifMatch ? parseIfMatch(headers["if-match"]) : undefined,
    idempotencyKey: route.idempotent ? readIdempotencyKey(headers["idempotency-key"]) : undefined,
  }
}

function actorOf(request: FastifyRequest): Actor {
  const { principal } = request
  if (!principal) return { kind: "system", id: null, name: "a visitor" }
  const { userId, name } = principal
  return { kind: "user", id: userId, name, ip: request.ip, requestId: request.id }
}

async function grant(route: Route, call: Call, findOwner: FindOwner): Promise<Granted | undefined> {
  const { access } = route
  if (access.by === "public") return undefined
  const principal = known(call.principal)
  if (access.by === "platform-admin") assertPlatformAdmin(principal)
  if (access.by !== "organization" && access.by !== "object") return undefined
  return grantAccess(access, { principal, findOwner }, call)
}

function known(principal: Principal | undefined): Principal {
  invariant(principal, "only public routes run without a session; see authenticate in api.ts")
  return principal
}

function assertPlatformAdmin(principal: Principal): void {
  if (principal.platformAdmin) return
  throw fault("forbidden", { say: "Only administrators of this installation may do this." })
}

async function runUnscoped(row: Row, call: Call): Promise<EncodedReply> {
  const { params, query, body, principal, actor, ifMatch } = call
  return encodeReply(
    row.name,
    row.route,
    await row.handler({ params, query, body, principal, actor, ifMatch }),
  )
}

interface ScopedRun extends Granted {
  signal: AbortSignal
}

function runScoped(row: Row, call: Call, run: ScopedRun): Promise<EncodedReply> {
  const { organizationId, role, signal } = run
  const readOnly = row.name.startsWith("GET ")
  return row.scope({ organizationId, actor: call.actor, signal, readOnly }, (ctx) => {
    const effect = () => handleScoped(row, call, { ctx, role })
    const keyed = keyedCall(row, call)
    return keyed ? once(ctx, keyed, effect) : effect()
  })
}

async function handleScoped(row: Row, call: Call, inside: { ctx: Ctx; role: Role }) {
  const { params, query, body, principal, ifMatch } = call
  const value = await row.handler({ params, query, body, principal, ifMatch, ...inside })
  return encodeReply(row.name, row.route, value)
}

function keyedCall(row: Row, call: Call): KeyedCall | undefined {
  if (call.idempotencyKey === undefined) return undefined
  const { params, body } = call
  const actorId = known(call.principal).userId
  return { key: call.idempotencyKey, route: row.name, actorId, request: { params, body } }
}

/** Aborts when the client leaves before its answer is out. */
function signalOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  reply.raw.once("close", () => {
    if (!reply.raw.writableFinished) controller.abort(new Error("the client left"))
  })
  return controller.signal
}

function send(reply: FastifyReply, encoded: EncodedReply & { replayed?: boolean }): FastifyReply {
  reply.code(encoded.status).header("cache-control", "no-store")
  if (encoded.etag) reply.header("etag", encoded.etag)
  if (encoded.replayed) reply.header("idempotency-replayed", "true")
  if (encoded.text === undefined) return reply.send()
  return reply.header("content-type", "application/json; charset=utf-8").send(encoded.text)
}
