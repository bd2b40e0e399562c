import type { IdOf, IdPrefix, LoopName } from "@vibecaas/contract/kinds"
import { apiKeyId } from "@vibecaas/contract/kinds/keys"
import type { Clock } from "@vibecaas/kernel/clock"
import type { NewId } from "@vibecaas/kernel/id"
import type { Log } from "@vibecaas/kernel/log"
import type { Tx } from "../db/tenant.ts"
import type { Outbox } from "./outbox.ts"

/** Who acts: recorded in the audit, and the limit of what an agent may do on somebody's behalf. */
export type Actor =
  | {
      /** a person, or an API key by itself */
      kind: "user" | "key"
      id: string
      name: string
      ip: string | null
      requestId: string | null
    }
  | { kind: "agent"; id: string; name: string; onBehalfOf: string }
  | { kind: "system"; id: null; name: string }

/** Whoever did something before, as rows keep them: by id and name. */
export function actorNamed(id: string, name: string): Actor {
  const kind = apiKeyId.safeParse(id).success ? "key" : "user"
  return { kind, id, name, ip: null, requestId: null }
}

/**
 * What a use case works with, made for one request or one step of a loop's turn: a transaction
 * that sees one organization and nothing else.
 */
export interface Ctx {
  organizationId: IdOf<"organization">
  db: Tx
  clock: Clock
  /** ids of what kinds declare */
  newId: NewId<IdPrefix>
  log: Log
  actor: Actor
  signal: AbortSignal
  /** what is said when, and only when, this transaction commits */
  outbox: Outbox
  /** wakes a loop for one object when this transaction commits */
  wake(loop: LoopName, id: string): void
}

/**
 * Opens a `Ctx`: one transaction per call. Loops open several in a turn and talk to the world
 * between them, so that no transaction waits for a machine or a model.
 */
export type Scope = <T>(
  who: {
    organizationId: string
    actor: Actor
    signal?: AbortSignal
    /** the action only reads: the database refuses anything else, and it is faster */
    readOnly?: boolean
  },
  action: (ctx: Ctx) => Promise<T>,
) => Promise<T>

/** What every kind is made with. */
export interface Parts {
  scope: Scope
  clock: Clock
  newId: NewId
  log: Log
}
