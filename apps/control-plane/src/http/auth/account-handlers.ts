import { fault, invariant } from "@vibecaas/kernel/fault"
import type { Handlers, Visitor } from "../../core/kind.ts"
import { countTries, type TriesParts } from "./count-tries.ts"
import type { Person, Sessions } from "./sessions.ts"
import type { SignIn } from "./sign-in.ts"

/** Who may make an account: anybody, nobody. */
export type SignUpPolicy = "open" | "closed"

export interface AccountHandlersParts extends TriesParts {
  signIn: SignIn
  sessions: Sessions
  recordAccountDeed(deed: AccountDeed): Promise<void>
  signUpPolicy: SignUpPolicy
}

/** What somebody did with their own account, for the audit of their own organization. */
export interface AccountDeed {
  action: "account.create" | "session.start" | "session.stop" | "password.change"
  person: Person
  ip: string
  requestId: string
}

/** The contract's calls of the sign-in library; any other path below `/auth` stays a 404. */
export function accountHandlers(parts: AccountHandlersParts): Handlers<"accounts"> {
  const tries = countTries(parts)
  return {
    "POST /auth/sign-up/email": async ({ body, visitor }) => {
      await tries.countSignUp(visitor.ip)
      assertMaySignUp(parts.signUpPolicy)
      return withUser(
        await begin(parts, visitor, { action: "account.create", path: "/sign-up/email", body }),
      )
    },
    "POST /auth/sign-in/email": async ({ body, visitor }) => {
      const giveBack = await tries.countSignIn(visitor.ip, body.email.toLowerCase())
      const done = await begin(parts, visitor, {
        action: "session.start",
        path: "/sign-in/email",
        body,
      })
      await giveBack()
      return withUser(done)
    },
    "POST /auth/sign-out": async ({ visitor }) => {
      const { setCookies } = await act(parts, visitor, stop)
      return { body: { success: true }, setCookies }
    },
    "POST /auth/change-password": async ({ body, visitor, principal }) => {
      const giveBack = await tries.countPassword(visitor.ip, principal.userId)
      const change = { ...body, revokeOtherSessions: true }
      const done = await act(parts, visitor, {
        action: "password.change",
        path: "/change-password",
        body: change,
      })
      await giveBack()
      return withUser(done)
    },
  }
}

interface Done {
  person: Person | undefined
  setCookies: readonly string[]
}

interface Deed {
  action: AccountDeed["action"]
  path: string
  body: unknown
}

const stop: Deed = { action: "session.stop", path: "/sign-out", body: {} }

/** Begins a session. The one that the same browser had ends: nobody could reach it to end it. */
async function begin(parts: AccountHandlersParts, visitor: Visitor, deed: Deed): Promise<Done> {
  const done = await act(parts, visitor, deed)
  if (visitor.principal) await act(parts, visitor, stop)
  return done
}

/** Calls the sign-in library, and keeps what was done in the audit of whoever did it. */
async function act(
  parts: AccountHandlersParts,
  visitor: Visitor,
  { action, path, body }: Deed,
): Promise<Done> {
  const { cookie, ip, userAgent, requestId, principal: before } = visitor
  const { cookies, person } = await parts.signIn.call({ path, body, cookie, ip, userAgent })
  if (before) parts.sessions.forget({ userId: before.userId })
  // Whoever signs out is known by the session that ended.
  const who = person ?? (before && { id: before.userId, name: before.name, email: before.email })
  if (who) await parts.recordAccountDeed({ action, person: who, ip, requestId })
  return { person, setCookies: cookies }
}

function withUser({ person, setCookies }: Done) {
  invariant(person, "the sign-in library tells who signed in")
  return { body: { user: person }, setCookies }
}

function assertMaySignUp(policy: SignUpPolicy): void {
  if (policy === "open") return
  throw fault("forbidden", { say: "This installation does not take new people." })
}
