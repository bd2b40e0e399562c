import { createHash } from "node:crypto"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { findKeptReply, type KeptReply, keepReply, tryLockKey } from "./queries.ts"
import type { EncodedReply } from "./route-reply.ts"

/** One keyed call. Its answer commits with its effect, so neither can exist without the other. */
export interface KeyedCall {
  key: string
  /** name of the route in the contract */
  route: string
  actorId: string
  /** what the caller asked for: parameters and body */
  request: unknown
}

/**
 * Runs `effect` once per key, actor and route for 24 hours; a repeated call gets the first answer.
 *
 * A failed effect keeps nothing: the call may be tried again with the same key.
 *
 * @throws Fault `idempotency_mismatch` when the key came with another request, `request_in_flight`
 * while the first call has not ended
 */
export async function once(
  ctx: Ctx,
  call: KeyedCall,
  effect: () => Promise<EncodedReply>,
): Promise<EncodedReply & { replayed: boolean }> {
  const key = [ctx.organizationId, call.actorId, call.route, call.key]
  if (!(await tryLockKey(ctx.db, key.join("\n")))) throw inFlight()
  const bodyHash = hashOf(call.request)
  const kept = await findKeptReply(ctx.db, key)
  if (kept?.fresh) return replay(kept, bodyHash)
  const reply = await effect()
  await keepReply(ctx.db, key, { bodyHash, status: reply.status, reply: reply.text ?? null })
  return { ...reply, replayed: false }
}

/** @throws Fault `malformed` unless the key is 1 to 255 visible characters */
export function readIdempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined
  if (typeof header === "string" && /^[\x21-\x7e]{1,255}$/.test(header)) return header
  throw fault("malformed", { say: "Idempotency-Key takes 1 to 255 visible characters." })
}

function replay(kept: KeptReply, bodyHash: string): EncodedReply & { replayed: boolean } {
  if (kept.bodyHash !== bodyHash) {
    throw fault("idempotency_mismatch", {
      say: "This Idempotency-Key was used for another request. Take a new key.",
    })
  }
  return { status: kept.status, text: kept.reply ?? undefined, etag: undefined, replayed: true }
}

function inFlight() {
  return fault("request_in_flight", {
    say: "The first request with this Idempotency-Key has not ended yet.",
    retryable: true,
    retryAfterSeconds: 1,
  })
}

function hashOf(request: unknown): string {
  return createHash("sha256").update(JSON.stringify(request)).digest("hex")
}
