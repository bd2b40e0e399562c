import { fault } from "@vibecaas/kernel/fault"
import type { Visitor } from "../../core/kind.ts"
import { cookieFor } from "./session-cookie.ts"
import type { Person, Sessions } from "./sessions.ts"
import type { LivingSession, SignIn } from "./sign-in.ts"

export interface DeskParts {
  signIn: SignIn
  sessions: Pick<Sessions, "forget">
  cookie: { name: string; secret: string; secure: boolean }
  mailReset(person: Person): Promise<void>
}

/** What administrators have done with other people's accounts and sign-ins. */
export function makeDesk({ signIn, sessions, cookie, mailReset }: DeskParts) {
  return {
    sessionsOf: (userId: string): Promise<LivingSession[]> => signIn.sessionsOf(userId),
    async endSessions(userId: string): Promise<number> {
      const ended = await signIn.endSessions(userId)
      sessions.forget({ userId })
      return ended
    },
    async endSession(of: { userId: string; sessionId: string }): Promise<boolean> {
      const ended = await signIn.endSession(of)
      sessions.forget({ sessionId: of.sessionId })
      return ended
    },
    mailReset,
    async openSession(of: { userId: string; expiresAt: Date; visitor: Visitor }) {
      const session = await signIn.openSession(of)
      if (!session) throw fault("wrong_state", { say: "Nobody can be signed in as them." })
      return { sessionId: session.id, setCookie: cookieFor(cookie, session) }
    },
    cookieOf: (session: { token: string; expiresAt: Date } | undefined): string =>
      cookieFor(cookie, session),
  }
}

export type Desk = ReturnType<typeof makeDesk>
