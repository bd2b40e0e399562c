import type { Clock } from "@vibecaas/kernel/clock"
import type { Principal } from "../../core/kind.ts"
import type { Database } from "../../db/tenant.ts"
import { keepNewest } from "../keep-newest.ts"
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

interface Remembered {
  principal: Principal
  until: number
}

/** Bounds what a lost notification could cost. */
const rememberMs = 30_000
const rememberedMax = 20_000

/**
 * The hot path of every request: one signature, and mostly no query. What is remembered is dropped
 * when a trigger tells that the session ended or its person's rights changed.
 */
export function makeSessions(parts: SessionParts): Sessions {
  const remembered = new Map<string, Remembered>()
  let epoch = 0
  let deaf = true

  async function load(token: string): Promise<Principal | undefined> {
    const epochBefore = epoch
    const row = await loadRow(parts, token)
    const now = parts.clock.now().getTime()
    if (!row || row.expiresAt.getTime() <= now) return undefined
    const principal = principalOf(row)
    // A change heard while we were reading may be about what we read: then do not keep it.
    if (!deaf && epoch === epochBefore) {
      const until = Math.min(row.expiresAt.getTime(), now + rememberMs)
      keepNewest(remembered, [token, { principal, until }], rememberedMax)
    }
    return principal
  }

  return {
    async find(cookieHeader) {
      const token = readSessionToken(cookieHeader, parts.cookie)
      if (token === undefined) return undefined
      const known = remembered.get(token)
      if (known && known.until > parts.clock.now().getTime()) return known.principal
      return load(token)
    },
    forget(change) {
      epoch++
      if (change === "all") return remembered.clear()
      for (const [token, { principal }] of remembered) {
        if (concerns(change, principal)) remembered.delete(token)
      }
    },
    setDeaf(now) {
      deaf = now
      epoch++
      remembered.clear()
    },
  }
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
