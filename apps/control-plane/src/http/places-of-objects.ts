import type { ObjectName } from "@vibecaas/contract/kinds"
import { LRUCache } from "lru-cache"
import { type Place, placeOf } from "../db/named-functions.ts"
import type { Database } from "../db/tenant.ts"
import type { FindPlace } from "./access.ts"

/** Places remembered at most; the one unused for longest goes first. */
const rememberedMax = 50_000

export interface PlacesOfObjects {
  find: FindPlace
  /** something may have changed hands */
  forget(): void
  /** while no news are heard nothing is remembered */
  setDeaf(deaf: boolean): void
}

/**
 * Finds where objects are and remembers it: an object changes hands only with its project, which is told as
 * a change of everybody's rights, and ids are never used again. That of a deleted object only leads its members
 * to their own 404.
 */
export function makePlacesOfObjects(database: Database): PlacesOfObjects {
  const remembered = new LRUCache<string, Place>({ max: rememberedMax })
  let deaf = false
  let age = 0
  const forget = () => {
    age += 1
    remembered.clear()
  }
  return {
    async find(object: ObjectName, id: string) {
      const key = `${object}:${id}`
      const known = remembered.get(key)
      if (known) return known
      const asked = age
      const place = await placeOf(database, object, id)
      // What was told while we asked may be about what we read.
      if (place !== undefined && !deaf && asked === age) remembered.set(key, place)
      return place
    },
    forget,
    setDeaf(now) {
      deaf = now
      forget()
    },
  }
}
