import type { Clock } from "@vibecaas/kernel/clock"
import { LRUCache } from "lru-cache"
import type { Principal } from "../../core/kind.ts"
import type { Database } from "../../db/tenant.ts"
import { findSession, type SessionRow } from "./queries.ts"
import { readSessionToken } from "./session-cookie.ts"

/** A person as the sign-in library knows them. */
export interface Person {
  id: string
  name: string
  email: string
}

export interface SessionParts {
  db: Database
  clock: Clock
  cookie: { name: string; secret: string }
  /** makes the person's own organization unless it exists; safe to call at any time */
  ensurePersonalOrganization(person: Person): Promise<unknown>
}

/** Which cached sessions a change concerns; `"all"` after news may have been missed. */
export type SessionChange = { sessionId: string } | { userId: string } | "all"

export interface Sessions {
  /** who sent this `Cookie` header; undefined for anybody without a living session */
  find(cookieHeader: string | undefined): Promise<Principal | undefined>
  /** forgets what changed, on this replica */
  forget(change: SessionChange): void
  /** while changes cannot be heard, nothing is remembered */
  setDeaf(deaf: boolean): void
}

interface Found {
  principal: Principal
  /** in `ms` since 1970 */
  expiresAt: number
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
 * The hot path of every request: one signature, and mostly no query. What is remembered is dropped
 * when a trigger tells that the session ended or its person's rights changed.
 */
export function makeSessions(parts: SessionParts): Sessions {
  let deaf = true
  const remembered = new LRUCache<string, Remembered>({
    max: rememberedMax,
    ttl: rememberMs,
    ttlResolution: 0,
    perf: { now: () => parts.clock.now().getTime() },
  })
  const drop = (token: string, entry: Remembered) => {
    if (remembered.peek(token) === entry) remembered.delete(token)
  }
  const ask = (token: string): Promise<Found | undefined> => {
    const entry: Remembered = { answer: load(parts, token), about: undefined }
    if (deaf) return entry.answer
    remembered.set(token, entry)
    const keep = (found: Found | undefined) => {
      entry.about = found?.principal
      if (!found) drop(token, entry)
    }
    entry.answer.then(keep, () => drop(token, entry))
    return entry.answer
  }

  return {
    async find(cookieHeader) {
      const token = readSessionToken(cookieHeader, parts.cookie)
      if (token === undefined) return undefined
      const found = await (remembered.get(token)?.answer ?? ask(token))
      return found && found.expiresAt > parts.clock.now().getTime() ? found.principal : undefined
    },
    forget(change) {
      for (const [token, { about }] of remembered) {
        // A change heard while we are reading may be about what we read: then it is not kept.
        if (!about || concerns(change, about)) remembered.delete(token)
      }
    },
    setDeaf(now) {
      deaf = now
      remembered.clear()
    },
  }
}

async function load(parts: SessionParts, token: string): Promise<Found | undefined> {
  const row = await loadRow(parts, token)
  return row && { principal: principalOf(row), expiresAt: row.expiresAt.getTime() }
}

export function concerns(
  change: SessionChange,
  who: Pick<Principal, "sessionId" | "userId">,
): boolean {
  if (change === "all") return true
  if ("sessionId" in change) return change.sessionId === who.sessionId
  return change.userId === who.userId
}

/** A person whose organization was not made yet (a crash after sign-up) gets it at first sight. */
async function loadRow(parts: SessionParts, token: string): Promise<SessionRow | undefined> {
  const read = () => parts.db.asPlatform((tx) => findSession(tx, token))
  const row = await read()
  if (!row || row.personalOrganizationId !== null) return row
  await parts.ensurePersonalOrganization({ id: row.userId, name: row.name, email: row.email })
  return read()
}

function principalOf(row: SessionRow): Principal {
  const { sessionId, userId, name, email, platformAdmin, memberships } = row
  const personalOrganizationId = row.personalOrganizationId ?? ""
  return { sessionId, userId, name, email, platformAdmin, personalOrganizationId, memberships }
}
