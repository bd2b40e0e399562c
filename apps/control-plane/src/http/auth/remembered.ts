import type { Clock } from "@vibecaas/kernel/clock"
import { LRUCache } from "lru-cache"
import type { Found, Principal } from "../../core/kind.ts"

/** Whom a change concerns; `"all"` after news may have been missed. A key is a user, too. */
export type SessionChange = { sessionId: string } | { userId: string } | "all"

export interface Principals<Credential = string> {
  /** who shows it; undefined for nobody */
  find(credential: Credential): Promise<Principal | undefined>
  /** forgets what changed, on this replica */
  forget(change: SessionChange): void
  /** while changes cannot be heard, nothing is remembered */
  setDeaf(deaf: boolean): void
}

interface Remembered {
  answer: Promise<Found | undefined>
  /** whom the answer is about, once it is there */
  about: Principal | undefined
}

/** Bounds what a lost notification could cost. */
const rememberMs = 30_000
const rememberedMax = 20_000

/**
 * The hot path of every request: mostly no query. What is remembered of a credential is dropped when
 * a trigger tells that it ended or that the rights of whoever has it changed.
 */
export function rememberPrincipals(parts: {
  clock: Clock
  load(credential: string): Promise<Found | undefined>
}): Principals {
  let deaf = true
  const remembered = new LRUCache<string, Remembered>({
    max: rememberedMax,
    ttl: rememberMs,
    ttlResolution: 0,
    perf: { now: () => parts.clock.now().getTime() },
  })
  const drop = (credential: string, entry: Remembered) => {
    if (remembered.peek(credential) === entry) remembered.delete(credential)
  }
  const ask = (credential: string): Promise<Found | undefined> => {
    const entry: Remembered = { answer: parts.load(credential), about: undefined }
    if (deaf) return entry.answer
    remembered.set(credential, entry)
    const keep = (found: Found | undefined) => {
      entry.about = found?.principal
      if (!found) drop(credential, entry)
    }
    entry.answer.then(keep, () => drop(credential, entry))
    return entry.answer
  }
  return {
    async find(credential) {
      const found = await (remembered.get(credential)?.answer ?? ask(credential))
      return found && found.expiresAt > parts.clock.now().getTime() ? found.principal : undefined
    },
    forget(change) {
      for (const [credential, { about }] of remembered) {
        // A change heard while we are reading may be about what we read: then it is not kept.
        if (!about || concerns(change, about)) remembered.delete(credential)
      }
    },
    setDeaf(now) {
      deaf = now
      remembered.clear()
    },
  }
}

export function concerns(
  change: SessionChange,
  who: Pick<Principal, "sessionId" | "userId" | "impersonator">,
): boolean {
  if (change === "all") return true
  // A look as somebody ends with the rights and the sign-in of whoever looks.
  const { impersonator } = who
  if ("sessionId" in change)
    return [who.sessionId, impersonator?.sessionId].includes(change.sessionId)
  return [who.userId, impersonator?.id].includes(change.userId)
}
