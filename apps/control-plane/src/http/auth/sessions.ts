import type { Clock } from "@vibecaas/kernel/clock"
import { bestEffort, type Log } from "@vibecaas/kernel/log"
import { LRUCache } from "lru-cache"
import type { Found, Principal } from "../../core/kind.ts"
import type { Database } from "../../db/tenant.ts"
import { findSession, noteSeen, type SessionRow } from "./queries.ts"
import { type Principals, rememberPrincipals } from "./remembered.ts"
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
  log: Log
  cookie: { name: string; secret: string }
  /** makes the person's own organization unless it exists; safe to call at any time */
  ensurePersonalOrganization(person: Person): Promise<unknown>
}

/** Who sent a `Cookie` header; nobody without a living session. */
export type Sessions = Principals<string | undefined>

/** One signature, and mostly no query. */
export function makeSessions(parts: SessionParts): Sessions {
  const seen = makeSeen(parts)
  const byToken = rememberPrincipals({
    clock: parts.clock,
    load: (token) => load({ ...parts, seen }, token),
  })
  return {
    ...byToken,
    async find(cookieHeader) {
      const token = readSessionToken(cookieHeader, parts.cookie)
      return token === undefined ? undefined : byToken.find(token)
    },
  }
}

async function load(
  parts: SessionParts & { seen(userId: string): Promise<void> },
  token: string,
): Promise<Found | undefined> {
  const row = await loadRow(parts, token)
  if (row && !row.impersonator) await parts.seen(row.userId)
  return row && { principal: principalOf(row), expiresAt: row.expiresAt.getTime() }
}

/** How often at most it is written that somebody was here, in `ms`. */
const seenEveryMs = 5 * 60_000
const seenMax = 20_000

/** Keeps when people were here. That it could not be kept keeps nobody out. */
function makeSeen({ db, clock, log }: SessionParts): (userId: string) => Promise<void> {
  const written = new LRUCache<string, number>({ max: seenMax })
  return async (userId) => {
    const at = clock.now()
    if (at.getTime() - (written.get(userId) ?? 0) < seenEveryMs) return
    written.set(userId, at.getTime())
    await bestEffort(log, "keep when somebody was here", () =>
      db.asPlatform((tx) => noteSeen(tx, userId, at)),
    )
  }
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
  const { sessionId, userId, name, email, platformAdmin, memberships, grants } = row
  const personalOrganizationId = row.personalOrganizationId ?? ""
  const who = { sessionId, userId, name, email, platformAdmin, personalOrganizationId }
  const until = row.expiresAt.toISOString()
  const as = row.impersonator ? { impersonator: { ...row.impersonator, until } } : {}
  return { ...who, memberships, grants, ...as }
}
