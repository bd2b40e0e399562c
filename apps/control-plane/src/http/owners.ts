import type { ObjectName } from "@vibecaas/contract/kinds"
import { LRUCache } from "lru-cache"
import { ownerOf } from "../db/named-functions.ts"
import type { Database } from "../db/tenant.ts"
import type { FindOwner } from "./access.ts"

/** Owners remembered at most; the one unused for longest goes first. */
const rememberedMax = 50_000

/**
 * Finds owners and remembers them: an object never changes hands, and ids are never used again. A
 * deleted object's owner only leads its members to their own 404.
 */
export function makeOwners(database: Database): FindOwner {
  const remembered = new LRUCache<string, string>({ max: rememberedMax })
  return async (object: ObjectName, id: string) => {
    const key = `${object}:${id}`
    const owner = remembered.get(key) ?? (await ownerOf(database, object, id))
    if (owner !== undefined) remembered.set(key, owner)
    return owner
  }
}
