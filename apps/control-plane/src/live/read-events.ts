import type { EventKind } from "@vibecaas/contract/kinds"
import type { Database } from "../db/tenant.ts"
import { isAfter, type Place, parsePlace, placeText } from "./cursor.ts"
import { type EventRow, listEvents } from "./queries.ts"

export interface Told {
  kind: EventKind
  /** id of the object the event is about */
  id: string
  data: unknown
  /** resume after this event */
  cursor: string
}

export type Reading =
  | {
      kind: "events"
      events: Told[]
      /** continue reading from here */
      cursor: string
      /** there is more to read now */
      more: boolean
      /** there is more that a transaction still open holds back: ask again in some 50 ms */
      waiting: boolean
    }
  /** events after that cursor were removed, or it is none of ours: read everything again */
  | { kind: "reset" }

export interface ReadOptions {
  organizationId: string
  topic: string
  /** a cursor; without one the answer is no event and the cursor of now */
  after: string | undefined
  /** events at most */
  limit: number
}

/**
 * What happened on a topic since a cursor. Nothing is left out: events of transactions that began
 * before the oldest open one are complete, and only those are told.
 *
 * Events come in the order they were written, except that an event which had to wait for another
 * transaction may come after younger ones. Readers of an object's state compare its version or
 * read it again.
 */
export async function readEvents(database: Database, options: ReadOptions): Promise<Reading> {
  const { organizationId, topic, limit } = options
  const after = options.after === undefined ? undefined : parsePlace(options.after)
  if (options.after !== undefined && !after) return { kind: "reset" }

  const { bounds, events } = await database.inOrganization(organizationId, (tx) =>
    listEvents(tx, { topic, after: after ?? beginning, limit: after ? limit : 0 }),
  )
  const now = placeText({ transaction: bounds.safe, sequence: 0n })
  if (!after)
    return { kind: "events", events: [], cursor: now, more: false, waiting: bounds.waiting }
  // A cursor from the future belongs to another history of this database, e.g. before a restore.
  if (after.transaction < bounds.horizon || after.transaction > bounds.safe)
    return { kind: "reset" }

  const told = inWritingOrder(events, after)
  const more = events.length === limit
  const cursor = more ? (told.at(-1)?.cursor ?? now) : now
  return { kind: "events", events: told, cursor, more, waiting: bounds.waiting }
}

const beginning: Place = { transaction: 0n, sequence: 0n }

/**
 * Sorts a page by sequence, the order of writing. An event carries its own place as cursor only
 * when all that readers read before it are told; else the last such place, so that whoever resumes
 * is told some events twice but none never.
 */
function inWritingOrder(events: EventRow[], after: Place): Told[] {
  const places = events.map((row) => ({
    row,
    place: { transaction: BigInt(row.transaction), sequence: BigInt(row.sequence) },
  }))
  const written = places.toSorted((a, b) => Number(a.place.sequence - b.place.sequence))
  let complete = after
  let furthest = after
  return written.map(({ row, place }, index) => {
    if (isAfter(place, furthest)) furthest = place
    if (furthest === places[index]?.place) complete = furthest
    return { kind: row.kind, id: row.id, data: row.data, cursor: placeText(complete) }
  })
}
