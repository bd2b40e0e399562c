import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import type { BetterAuthOptions } from "better-auth"
import type { Kind } from "../../core/kind.ts"
import type { Database } from "../../db/tenant.ts"
import type { RateLimiter, RateLimits } from "../rate-limit.ts"
import type { AccountDeed } from "./account-deed.ts"
import { accountHandlers, type SignUpPolicy } from "./account-handlers.ts"
import { type Desk, makeDesk } from "./desk.ts"
import { mailResetLink } from "./own-account.ts"
import type { OwnDataParts } from "./own-data-handlers.ts"
import { makeProvider, type ProviderSettings } from "./provider.ts"
import { isDisabled, looksAs, makePlatformAdmin } from "./queries.ts"
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
  /** by whom people can sign in, too */
  provider?: ProviderSettings | undefined
  limiter: RateLimiter
  ensurePersonalOrganization(person: Person): Promise<unknown>
  /** writes to a person */
  mailPerson(person: Person, letter: { subject: string; text: string }): Promise<void>
  /** whether an invitation lets somebody with that address in */
  isInvited(of: { token: string; email: string }): Promise<boolean>
  exportPerson: OwnDataParts["exportPerson"]
  erasePerson: OwnDataParts["erasePerson"]
  /** keeps what somebody did with their account, and makes their own organization first */
  recordAccountDeed(deed: AccountDeed): Promise<void>
}

export interface Accounts {
  kind: Kind<"accounts">
  /** who sent a cookie */
  sessions: Sessions
  /** what administrators do with other people's accounts */
  desk: Desk
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
  const library = {
    ...{ pool: parts.authPool, secret: parts.authSecret, publicUrl, log: parts.log },
    isDisabled: (userId: string) => db.asPlatform((tx) => isDisabled(tx, userId)),
  }
  const signIn = makeSignIn(library)
  const provider = parts.provider && makeProvider({ ...library, provider: parts.provider })
  const looks = (userId: string) => db.asPlatform((tx) => looksAs(tx, userId))
  const handled = { ...parts, ...config, provider, publicUrl, sessions, signIn, looksAs: looks }
  return {
    kind: {
      handlers: accountHandlers(handled),
      loops: [],
    },
    sessions,
    desk: makeDesk({
      ...{ signIn, sessions },
      cookie: { ...cookie, secure: publicUrl.startsWith("https:") },
      mailReset: (person) => mailResetLink(handled, person.email),
    }),
    async ensureAdmin(admin) {
      const { person, created } = await signIn.ensureAccount({ ...admin, name: "Administrator" })
      await parts.ensurePersonalOrganization(person)
      await db.asPlatform((tx) => makePlatformAdmin(tx, person.id))
      return { userId: person.id, created }
    },
  }
}
