import type { ObjectName } from "@vibecaas/contract/kinds"
import { LRUCache } from "lru-cache"
import { type Place, placeOf } from "../db/named-functions.ts"
import type { Database } from "../db/tenant.ts"
import type { FindPlace } from "./access.ts"

/** Places remembered at most; the one unused for longest goes first. */
const rememberedMax = 50_000

/**
 * Finds where objects are and remembers it: an object never changes hands or projects, and ids are
 * never used again. That of a deleted object only leads its members to their own 404.
 */
export function makePlacesOfObjects(database: Database): FindPlace {
  const remembered = new LRUCache<string, Place>({ max: rememberedMax })
  return async (object: ObjectName, id: string) => {
    const key = `${object}:${id}`
    const place = remembered.get(key) ?? (await placeOf(database, object, id))
    if (place !== undefined) remembered.set(key, place)
    return place
  }
}
