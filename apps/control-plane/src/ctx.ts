import type { Clock } from "@vibecaas/kernel/clock"
import type { NewId } from "@vibecaas/kernel/id"
import type { Log } from "@vibecaas/kernel/log"
import type { Tx } from "./db/tenant.ts"

/** Who acts: recorded in the audit, and the limit of what an agent may do on somebody's behalf. */
export type Actor =
  | { kind: "user"; id: string; name: string; ip: string | null; requestId: string | null }
  | { kind: "agent"; id: string; name: string; onBehalfOf: string }
  | { kind: "system"; id: null; name: string }

/**
 * What a use case works with, made for one request or one turn of a loop: a transaction that sees
 * one organization and nothing else.
 */
export interface Ctx {
  organizationId: string
  db: Tx
  clock: Clock
  newId: NewId
  log: Log
  actor: Actor
  signal: AbortSignal
}
