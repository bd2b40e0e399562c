import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import { bestEffort, type Log } from "@vibecaas/kernel/log"
import type { Actor } from "../../core/ctx.ts"
import type { Handlers } from "../../core/kind.ts"
import type { RateLimiter } from "../rate-limit.ts"
import type { AccountDeed } from "./account-deed.ts"
import type { Person, Sessions } from "./sessions.ts"
import type { LivingSession, SignIn } from "./sign-in.ts"

export interface OwnAccountParts {
  signIn: SignIn
  sessions: Sessions
  limiter: RateLimiter
  clock: Clock
  log: Log
  /** where people reach the dashboard */
  publicUrl: string
  recordAccountDeed(deed: AccountDeed): Promise<void>
  /** sign-ins of a person by which administrators look as them */
  looksAs(userId: string): Promise<Look[]>
  /** writes to a person */
  mailPerson(person: Person, letter: { subject: string; text: string }): Promise<void>
}

interface Look {
  sessionId: string
  adminName: string
  reason: string
}

type OwnRoute =
  | "POST /auth/forget-password"
  | "POST /auth/reset-password"
  | "PATCH /auth/account"
  | "GET /auth/sessions"
  | "DELETE /auth/sessions/{sessionId}"

/** Mails that one address gets in an hour: nobody can fill somebody else's box. */
const mailsAnHour = { max: 5, windowSeconds: 3600 }

/** How long the link to a new password can be used, in `ms`. */
const resetMs = 60 * 60 * 1000

/** A forgotten password, one's name, and where one is signed in. */
export function ownAccountHandlers(parts: OwnAccountParts): Pick<Handlers<"accounts">, OwnRoute> {
  const { signIn, sessions, log } = parts
  return {
    "POST /auth/forget-password": async ({ body }) => {
      // Not waited for: how long an answer takes must not tell whether there is such an account.
      void bestEffort(log, "mail a link to a new password", () => mailLink(parts, body.email))
      return { body: { asked: true }, setCookies: [] }
    },
    "POST /auth/reset-password": async ({ body, visitor }) => {
      const { ip, userAgent } = visitor
      const userId = await signIn.personOfReset(body.token)
      await signIn.call({ path: "/reset-password", body, cookie: undefined, ip, userAgent })
      if (userId) {
        await signIn.forgetTrust(userId)
        await signIn.confirmAddress(userId)
      }
      return { body: { success: true }, setCookies: [] }
    },
    "PATCH /auth/account": async ({ body, principal, actor }) => {
      await signIn.rename(principal.userId, body.name)
      sessions.forget({ userId: principal.userId })
      const user = { id: principal.userId, name: body.name, email: principal.email }
      await parts.recordAccountDeed(deedOf("account.rename", user, actor))
      return { user }
    },
    "GET /auth/sessions": async ({ principal }) => {
      const looks = await parts.looksAs(principal.userId)
      const rows = await signIn.sessionsOf(principal.userId)
      return {
        items: rows.map((row) => ({
          ...showSession(row, principal.sessionId),
          impersonated: showLook(looks.find(({ sessionId }) => sessionId === row.id)),
        })),
      }
    },
    "DELETE /auth/sessions/{sessionId}": async ({ params, principal, actor }) => {
      const { userId, name, email } = principal
      if (!(await signIn.endSession({ userId, ...params })))
        throw fault("not_found", { say: "There is no such session of yours." })
      sessions.forget(params)
      await parts.recordAccountDeed(deedOf("session.end", { id: userId, name, email }, actor))
      return undefined
    },
  }
}

async function mailLink(parts: OwnAccountParts, email: string): Promise<void> {
  const { allowed } = await parts.limiter.take(`reset:${email.toLowerCase()}`, mailsAnHour)
  if (allowed) await mailResetLink(parts, email)
}

/** Writes to the account with that address, if there is one, how to set a new password. */
export async function mailResetLink(
  parts: Pick<OwnAccountParts, "clock" | "signIn" | "publicUrl" | "mailPerson">,
  email: string,
): Promise<void> {
  const expiresAt = new Date(parts.clock.now().getTime() + resetMs)
  const begun = await parts.signIn.beginReset(email, expiresAt)
  if (!begun) return
  // Behind the #, which browsers send to no server.
  const link = `${parts.publicUrl}/new-password#${begun.token}`
  await parts.mailPerson(begun.person, {
    subject: "A new password",
    text: `Somebody, probably you, asked for a new password for this address.\n\nChoose it here within an hour; the link works once, and ends all your sessions:\n\n${link}\n\nIf it was not you, do nothing: your password stays.\n`,
  })
}

function showSession(row: LivingSession, current: string) {
  const { id, ip, userAgent } = row
  return {
    ...{ id, current: id === current, ip, userAgent },
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }
}

const showLook = (look: Look | undefined) =>
  look ? { byName: look.adminName, reason: look.reason } : null

export function deedOf(action: AccountDeed["action"], person: Person, actor: Actor): AccountDeed {
  const { ip, requestId } = actor.kind === "user" ? actor : { ip: null, requestId: null }
  return { action, person, ip: ip ?? "", requestId: requestId ?? "" }
}
