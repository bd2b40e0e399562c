import { fault, invariant } from "@vibecaas/kernel/fault"
import type { Log } from "@vibecaas/kernel/log"
import type { FastifyReply, FastifyRequest } from "fastify"
import type { Actor, Scope } from "../core/ctx.ts"
import type { FileContent, Principal, SessionReply } from "../core/kind.ts"
import { type Denial, type FindPlace, type Granted, grantAccess } from "./access.ts"
import { type KeyedCall, once } from "./idempotency.ts"
import { type Call, readCall, signalOf } from "./route-call.ts"
import { sendFile } from "./route-file.ts"
import { encodeReply, sendJson } from "./route-reply.ts"
import type { ServedRow } from "./served.ts"

export interface Row extends ServedRow {
  scope: Scope
  log: Log
  findPlace: FindPlace
  /** keeps that somebody may not do what they asked for */
  recordDenial(denial: Denial & { route: string; actor: Actor }): Promise<void>
}

/** A call that was parsed and allowed, and has not touched anything yet. */
export interface PreparedCall {
  /** the organization the call is about, when it is about one */
  organizationId: string | undefined
  answer(reply: FastifyReply): Promise<FastifyReply>
}

/** A row of the contract as it serves a request: parse, allow, run in a transaction, encode. */
export async function prepareCall(row: Row, request: FastifyRequest): Promise<PreparedCall> {
  const call = readCall(row.route, request)
  const granted = await grant(row, call)
  return {
    organizationId: granted?.organizationId,
    answer: async (reply) => (await run(row, call, { granted, signal: signalOf(reply) }))(reply),
  }
}

async function grant(row: Row, call: Call): Promise<Granted | undefined> {
  const { route, findPlace, name } = row
  const { access } = route
  if (access.by === "public") return undefined
  const principal = known(call.principal)
  if (access.by === "platform-admin") assertPlatformAdmin(principal)
  if (access.by !== "organization" && access.by !== "object") return undefined
  const { actor } = call
  const denied = (denial: Denial) => row.recordDenial({ ...denial, route: name, actor })
  return grantAccess({ ...route, access }, { principal, findPlace, denied }, call)
}

function known(principal: Principal | undefined): Principal {
  invariant(principal, "only public routes run without a principal; see admit in api.ts")
  return principal
}

function assertPlatformAdmin(principal: Principal): void {
  if (principal.platformAdmin) return
  throw fault("forbidden", { say: "Only administrators of this installation may do this." })
}

type Send = (reply: FastifyReply) => FastifyReply

interface Run {
  granted: Granted | undefined
  signal: AbortSignal
}

/** What the handler answers, held to the contract before its transaction commits. */
async function run(row: Row, call: Call, { granted, signal }: Run): Promise<Send> {
  if (!granted) return finish(row, () => row.handler({ ...call, signal }))
  const { organizationId, role } = granted
  const { actor: _, ...rest } = call
  const readOnly = row.name.startsWith("GET ") && !row.route.audited
  return row.scope({ organizationId, actor: call.actor, signal, readOnly }, (ctx) => {
    const handle = () => row.handler({ ...rest, signal, ctx, role })
    const keyed = keyedCall(row, call)
    if (!keyed) return finish(row, handle)
    const effect = async () => encodeReply(row, await handle())
    return once(ctx, keyed, effect).then((encoded) => (reply) => sendJson(reply, encoded))
  })
}

async function finish(row: Row, handle: () => Promise<unknown>): Promise<Send> {
  const { reply: wanted } = row.route
  const value = await handle()
  if ("file" in wanted) {
    const content = value as FileContent // what handlers of such rows answer: see HandlerReply
    return (reply) => sendFile(reply, { type: wanted.file, log: row.log, content })
  }
  if (!row.route.session) {
    const encoded = encodeReply(row, value)
    return (reply) => sendJson(reply, encoded)
  }
  const { body, setCookies } = value as SessionReply // as above
  const encoded = encodeReply(row, body)
  return (reply) => sendJson(reply.header("set-cookie", setCookies), encoded)
}

function keyedCall(row: Row, call: Call): KeyedCall | undefined {
  if (call.idempotencyKey === undefined) return undefined
  const { params, body } = call
  const actorId = known(call.principal).userId
  return { key: call.idempotencyKey, route: row.name, actorId, request: { params, body } }
}
