import type { MasterKey } from "@vibecaas/kernel/seal"
import type { Parts } from "../core/ctx.ts"
import type { Visitor } from "../core/kind.ts"
import type { Database } from "../db/tenant.ts"

export interface AdministrationParts extends Parts {
  database: Database
  /** of the organization that is made for a person who has none yet */
  masterKey: MasterKey
  desk: AccountDesk
}

/** A person as the sign-in library knows them. */
export interface Person {
  id: string
  name: string
  email: string
}

/** A sign-in of somebody. */
export interface SignedIn {
  id: string
  ip: string | null
  userAgent: string | null
  createdAt: Date
  expiresAt: Date
}

/** What the sign-in library does for administrators; it knows accounts and sessions, and no rights. */
export interface AccountDesk {
  /** sign-ins of a person that live, the newest first */
  sessionsOf(userId: string): Promise<SignedIn[]>
  /** ends all sign-ins of a person; answers how many there were */
  endSessions(userId: string): Promise<number>
  endSession(of: { userId: string; sessionId: string }): Promise<boolean>
  /** writes a person a link to a new password */
  mailReset(person: Person): Promise<void>
  /** a new sign-in of a person: its id, and the value for `Set-Cookie` that opens it */
  openSession(of: {
    userId: string
    expiresAt: Date
    visitor: Visitor
  }): Promise<{ sessionId: string; setCookie: string }>
  /** the value for `Set-Cookie` that opens a sign-in; without one, that leaves the browser with none */
  cookieOf(session: { token: string; expiresAt: Date } | undefined): string
}
