import type { LoopName, ObjectName } from "@vibecaas/contract/kinds"
import type { Database, Tx } from "./tenant.ts"

/** What may be asked without naming an organization; see the migration `named_functions`. */

/** The organization that owns an object, and the project that it is or is of, if any. */
export interface Place {
  organizationId: string
  projectId: string | null
}

/** Where an object is; `undefined` when there is no such object. */
export async function placeOf(
  database: Database,
  object: ObjectName,
  id: string,
): Promise<Place | undefined> {
  const text = `
    select organization_id as "organizationId", project_id as "projectId" from place_of($1, $2)`
  const [row] = await database.asPlatform((tx) =>
    tx.query<Place>({ name: "place_of", text }, [object, id]),
  )
  return row
}

/** What answers at a host, of whichever kind; `undefined` when nothing does. */
export async function targetOfHost(
  database: Database,
  host: string,
): Promise<(Owned & { kind: string }) | undefined> {
  const text = `select organization_id as "organizationId", kind, id from target_of_host($1)`
  const rows = await database.asPlatform((tx) =>
    tx.query<Owned & { kind: string }>({ name: "target_of_host", text }, [host]),
  )
  return rows[0]
}

/** A row of a tenant, named without telling anything else about it. */
export interface Owned {
  organizationId: string
  id: string
}

/** Rows that a loop must look at, in all organizations. */
export function dueRows(database: Database, loop: LoopName): Promise<Owned[]> {
  const text = `select organization_id as "organizationId", id from due_objects($1)`
  return database.asPlatform((tx) => tx.query<Owned>({ name: "due_objects", text }, [loop]))
}

/**
 * Takes what is known of a person out of every organization's audit; answers of how many records.
 *
 * @param who.address in lower case; with the names, what records of others are looked through for
 */
export async function eraseFromAudit(
  database: Database,
  who: { userId: string; address: string; names: readonly string[] },
): Promise<number> {
  const text = "select erase_from_audit($1, $2, $3)::float8 as erased"
  const values = [who.userId, who.address, who.names]
  const [row] = await database.asPlatform((tx) =>
    tx.query<{ erased: number }>({ name: "erase_from_audit", text }, values),
  )
  return row?.erased ?? 0
}

/** How long things are kept that only matter for a while, in `ms`. */
const dayMs = 24 * 60 * 60 * 1000

/** How many of each were removed. */
export interface Removed {
  liveEvents: number
  idempotencyKeys: number
  previewCodes: number
  attachments: number
  rateCounters: number
  mails: number
  impersonations: number
  deviceLogins: number
}

/** Removes what is past its time: live events, answers to `Idempotency-Key`, preview codes, files that were given to no run, counters of calls, mails, and looks of administrators as people. */
export async function removeExpired(database: Database, now: Date): Promise<Removed> {
  const yesterday = new Date(now.getTime() - dayMs)
  const lastWeek = new Date(now.getTime() - 7 * dayMs)
  const removed = await database.asPlatform(async (tx) => ({
    liveEvents: await prune(tx, "live_events", yesterday),
    idempotencyKeys: await prune(tx, "idempotency_keys", yesterday),
    previewCodes: await prune(tx, "preview_codes", now),
    attachments: await prune(tx, "attachments", yesterday),
    rateCounters: await prune(tx, "rate_counters", now),
    mails: await prune(tx, "mails", lastWeek),
    impersonations: await prune(tx, "impersonations", yesterday),
    deviceLogins: await prune(tx, "device_logins", now),
  }))
  // By itself: it sees what the removal above has left.
  const text = "select prune_attachment_contents()::float8 as removed"
  await database.asPlatform((tx) => tx.query({ name: "prune_attachment_contents", text }, []))
  return removed
}

async function prune(
  tx: Tx,
  what:
    | "live_events"
    | "idempotency_keys"
    | "preview_codes"
    | "attachments"
    | "rate_counters"
    | "mails"
    | "impersonations"
    | "device_logins",
  before: Date,
): Promise<number> {
  const text = `select prune_${what}($1)::float8 as removed`
  const [row] = await tx.query<{ removed: number }>({ name: `prune_${what}`, text }, [before])
  return row?.removed ?? 0
}
