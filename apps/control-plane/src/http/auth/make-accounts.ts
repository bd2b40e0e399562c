import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import type { BetterAuthOptions } from "better-auth"
import type { Kind } from "../../core/kind.ts"
import type { Database } from "../../db/tenant.ts"
import type { RateLimiter, RateLimits } from "../rate-limit.ts"
import { type AccountDeed, accountHandlers, type SignUpPolicy } from "./account-handlers.ts"
import { makePlatformAdmin } from "./queries.ts"
import { sessionCookieName } from "./session-cookie.ts"
import { makeSessions, type Person, type Sessions } from "./sessions.ts"
import { makeSignIn } from "./sign-in.ts"

export interface AccountsParts {
  database: Database
  clock: Clock
  log: Log
  /** connections of the role that sees the schema `auth` and nothing else */
  authPool: BetterAuthOptions["database"]
  /** at least 32 characters, the same on all replicas; signs session cookies */
  authSecret: string
  config: {
    origins: readonly [string, ...string[]]
    signUpPolicy: SignUpPolicy
    limits: RateLimits
  }
  limiter: RateLimiter
  ensurePersonalOrganization(person: Person): Promise<unknown>
  /** keeps what somebody did with their account, and makes their own organization first */
  recordAccountDeed(deed: AccountDeed): Promise<void>
}

export interface Accounts {
  kind: Kind<"accounts">
  /** who sent a cookie */
  sessions: Sessions
  /**
   * Makes the installation's administrator unless there is one with that address; for every start.
   * The password counts only when the account is made: whoever changed it later keeps theirs.
   */
  ensureAdmin(admin: {
    email: string
    password: string
  }): Promise<{ userId: string; created: boolean }>
}

/** How people sign in: their accounts, their sessions, and the calls for both. */
export function makeAccounts(parts: AccountsParts): Accounts {
  const { database: db, config } = parts
  const [publicUrl] = config.origins
  const cookie = { name: sessionCookieName(publicUrl), secret: parts.authSecret }
  const sessions = makeSessions({ ...parts, db, cookie })
  const signIn = makeSignIn({ ...parts, pool: parts.authPool, secret: parts.authSecret, publicUrl })
  return {
    kind: { handlers: accountHandlers({ ...parts, ...config, sessions, signIn }), loops: [] },
    sessions,
    async ensureAdmin(admin) {
      const { person, created } = await signIn.ensureAccount({ ...admin, name: "Administrator" })
      await parts.ensurePersonalOrganization(person)
      await db.asPlatform((tx) => makePlatformAdmin(tx, person.id))
      return { userId: person.id, created }
    },
  }
}
