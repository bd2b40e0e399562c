import { randomBytes } from "node:crypto"
import type { Visitor } from "../../core/kind.ts"
import { type Library, type LibraryParts, makeLibrary } from "./library.ts"
import { type LibraryCall, requestFor } from "./library-request.ts"
import { type OwnAddress, ownAddress } from "./own-address.ts"
import { type Passkeys, passkeys } from "./passkeys.ts"
import { personIn } from "./read-answer.ts"
import { refusal, rethrowRefusal } from "./refusals.ts"
import { type SecondStep, secondStep } from "./second-step.ts"
import type { Person } from "./sessions.ts"

export interface AuthAnswer {
  /** values for `Set-Cookie` */
  cookies: string[]
  person: Person | undefined
  /** all that the library said */
  answer: unknown
}

/** The only door to the sign-in library; what it can do beyond these calls is not reachable. */
export interface SignIn extends SecondStep, OwnAddress, Passkeys {
  /** @throws Fault when the library refuses */
  call(call: LibraryCall & { body: unknown }): Promise<AuthAnswer>
  /** Makes an account without a session, or finds the one with that address. */
  ensureAccount(account: { email: string; password: string; name: string }): Promise<{
    person: Person
    created: boolean
  }>
  /** A token by which the account with that address gets a new password; undefined without one. */
  beginReset(email: string, expiresAt: Date): Promise<{ person: Person; token: string } | undefined>
  /** Whose link of a mail it is. */
  personOfReset(token: string): Promise<string | undefined>
  /** Sessions of a person that live, the newest first. */
  sessionsOf(userId: string): Promise<LivingSession[]>
  /** Ends a session of a person; false when they have no such one. */
  endSession(of: { userId: string; sessionId: string }): Promise<boolean>
  /** Ends all sessions of a person; answers how many there were. */
  endSessions(userId: string): Promise<number>
  /** A session of a person that nobody signed in for; undefined when there is no such person. */
  openSession(of: {
    userId: string
    expiresAt: Date
    visitor: Pick<Visitor, "ip" | "userAgent">
  }): Promise<{ id: string; token: string; expiresAt: Date } | undefined>
  rename(userId: string, name: string): Promise<void>
  /** Whether it is the person's password; undefined when they have none. */
  isPassword(userId: string, password: string): Promise<boolean | undefined>
  /** Whether the account with that address has a living session that began at such an IP address. */
  hasSessionFrom(email: string, isPlace: (ip: string) => boolean): Promise<boolean>
}

export interface LivingSession {
  id: string
  ip: string | null
  userAgent: string | null
  createdAt: Date
  expiresAt: Date
}

export function makeSignIn(parts: LibraryParts): SignIn {
  const auth = makeLibrary(parts)
  return {
    async call(call) {
      const response = await auth.handler(
        requestFor(parts.publicUrl, { ...call, body: call.body ?? {} }),
      )
      if (!response.ok) throw await refusal(response)
      const answer: unknown = await response.json().catch(() => undefined)
      return { cookies: response.headers.getSetCookie(), person: personIn(answer), answer }
    },
    async ensureAccount(account) {
      const { internalAdapter } = await auth.$context
      const found = await internalAdapter.findUserByEmail(account.email.toLowerCase())
      if (found) return { person: found.user, created: false }
      // The server's own call passes no request: no session cookie leaves, no policy applies.
      const { user } = await auth.api.signUpEmail({ body: account }).catch(rethrowRefusal)
      return { person: user, created: true }
    },
    ...ownAccounts(auth.$context),
    ...secondStep(auth, parts),
    ...ownAddress(auth),
    ...passkeys(auth, parts),
    async hasSessionFrom(email, isPlace) {
      const { internalAdapter } = await auth.$context
      const found = await internalAdapter.findUserByEmail(email)
      const sessions = found ? await internalAdapter.listSessions(found.user.id) : []
      return sessions.some(
        ({ ipAddress, expiresAt }) => ipAddress && expiresAt > new Date() && isPlace(ipAddress),
      )
    },
  }
}

/** What people do with their own account, which the library has no safe call for. */
function ownAccounts(
  context: Library["$context"],
): Pick<
  SignIn,
  | "beginReset"
  | "personOfReset"
  | "sessionsOf"
  | "endSession"
  | "endSessions"
  | "openSession"
  | "rename"
  | "isPassword"
> {
  const living = async (userId: string) => {
    const { internalAdapter } = await context
    const sessions = await internalAdapter.listSessions(userId)
    return sessions.filter(({ expiresAt }) => expiresAt > new Date())
  }
  return {
    async beginReset(email, expiresAt) {
      const { internalAdapter } = await context
      const found = await internalAdapter.findUserByEmail(email.toLowerCase())
      if (!found) return undefined
      const token = randomBytes(32).toString("base64url")
      const identifier = resetOf(token)
      await internalAdapter.createVerificationValue({ identifier, value: found.user.id, expiresAt })
      return { person: found.user, token }
    },
    async personOfReset(token) {
      const { internalAdapter } = await context
      return (await internalAdapter.findVerificationValue(resetOf(token)))?.value
    },
    async sessionsOf(userId) {
      const rows = await living(userId)
      return rows
        .map(({ id, ipAddress = null, userAgent = null, createdAt, expiresAt }) => ({
          ...{ id, ip: ipAddress, userAgent, createdAt, expiresAt },
        }))
        .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
    },
    async endSession({ userId, sessionId }) {
      const session = (await living(userId)).find(({ id }) => id === sessionId)
      if (!session) return false
      await (await context).internalAdapter.deleteSession(session.token)
      return true
    },
    async endSessions(userId) {
      const sessions = await living(userId)
      await (await context).internalAdapter.deleteUserSessions(userId)
      return sessions.length
    },
    async openSession({ userId, expiresAt, visitor }) {
      const { internalAdapter } = await context
      if (!(await internalAdapter.findUserById(userId))) return undefined
      const { ip: ipAddress, userAgent = "" } = visitor
      const made = { expiresAt, ipAddress, userAgent }
      return internalAdapter.createSession(userId, false, made, true)
    },
    async rename(userId, name) {
      await (await context).internalAdapter.updateUser(userId, { name })
    },
    async isPassword(userId, password) {
      const { internalAdapter, password: hashing } = await context
      const hash = (await internalAdapter.findCredentialAccount(userId))?.password
      return hash ? hashing.verify({ hash, password }) : undefined
    },
  }
}

/** What the library keeps the link to a new password under. */
const resetOf = (token: string) => `reset-password:${token}`
