import { invariant } from "@vibecaas/kernel/fault"
import type { Visitor } from "../../core/kind.ts"
import type { AccountDeed } from "./account-deed.ts"
import type { Person, Sessions } from "./sessions.ts"
import type { SignIn } from "./sign-in.ts"

export interface DeedParts {
  signIn: Pick<SignIn, "call">
  sessions: Pick<Sessions, "forget">
  recordAccountDeed(deed: AccountDeed): Promise<void>
}

/** A call of the sign-in library, and what it means. */
export interface Deed {
  action: AccountDeed["action"]
  path: string
  body: unknown
  /** in place of what the visitor sent */
  cookie?: string | undefined
}

export interface Done {
  person: Person | undefined
  setCookies: readonly string[]
  /** what the library said */
  answer: unknown
}

export const stop: Deed = { action: "session.stop", path: "/sign-out", body: {} }

/** Begins a session. The one that the same browser had ends: nobody could reach it to end it. */
export async function begin(parts: DeedParts, visitor: Visitor, deed: Deed): Promise<Done> {
  const done = await act(parts, visitor, deed)
  if (visitor.principal) await act(parts, visitor, stop)
  return done
}

/** Calls the sign-in library, and keeps what was done in the audit of whoever did it. */
export async function act(parts: DeedParts, visitor: Visitor, deed: Deed): Promise<Done> {
  const { ip, userAgent, requestId, principal: before } = visitor
  const { action, path, body } = deed
  const cookie = "cookie" in deed ? deed.cookie : visitor.cookie
  const answered = await parts.signIn.call({ path, body, cookie, ip, userAgent })
  if (before) parts.sessions.forget({ userId: before.userId })
  // Whoever does something to their own session or account is known by the session that it had.
  const own = isBeginning(action) || !before ? undefined : personOf(before)
  const person = answered.person ?? own
  if (person) await parts.recordAccountDeed({ action, person, ip, requestId })
  return { person: answered.person, setCookies: answered.cookies, answer: answered.answer }
}

/** What begins a session is never a deed of whoever had the browser before. */
const isBeginning = (action: Deed["action"]) =>
  ["account.create", "session.start", "session.recover", "session.passkey"].includes(action)

const personOf = ({ userId: id, name, email }: NonNullable<Visitor["principal"]>) => ({
  ...{ id, name, email },
})

export function withUser({ person, setCookies }: Done) {
  invariant(person, "the sign-in library tells who signed in")
  return { body: { user: person }, setCookies }
}
