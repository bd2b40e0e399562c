import { fault } from "@vibecaas/kernel/fault"
import { masterKey } from "@vibecaas/kernel/seal"
import { ensureAdmin } from "../http/auth/admin.ts"
import { sessionCookieName } from "../http/auth/session-cookie.ts"
import {
  makeSessions,
  type Person,
  type SessionChange,
  type Sessions,
} from "../http/auth/sessions.ts"
import { makeSignIn, type SignIn } from "../http/auth/sign-in.ts"
import { ensurePersonalOrganization } from "../tenants/index.ts"
import type { Foundations } from "./foundations.ts"
import type { ServerInput } from "./messages.ts"

/** Who may come in: accounts, sessions and the organization that everybody has. */
export interface People {
  signIn: SignIn
  sessions: Sessions
  ensurePersonalOrganization(person: Person): Promise<string>
  /** makes the administrator's account; answers it only when this call has made it */
  ensureAdmin(): Promise<{ email: string; password: string } | undefined>
}

export function makePeople(foundations: Foundations, { config, secrets }: ServerInput): People {
  const { clock, log, database, authPool } = foundations
  const key = masterKey(Buffer.from(secrets.masterKey, "hex"))
  const ensure = (person: Person) =>
    ensurePersonalOrganization({ ...foundations, masterKey: key }, person)
  const { publicUrl } = config
  const secret = secrets.sessionSecret
  const signIn = makeSignIn({ pool: authPool, secret, publicUrl, log })
  return {
    signIn,
    sessions: makeSessions({
      db: database,
      clock,
      cookie: { name: sessionCookieName(publicUrl), secret },
      ensurePersonalOrganization: ensure,
    }),
    ensurePersonalOrganization: ensure,
    async ensureAdmin() {
      const { email, password } = config.admin
      if (!password) throw fault("internal", { say: "The administrator's password is missing." })
      const parts = { db: database, signIn, ensurePersonalOrganization: ensure }
      const { created } = await ensureAdmin(parts, { email, password })
      return created ? { email, password } : undefined
    },
  }
}

/** What the triggers say: `session:<id>` or `user:<id>`. */
export function sessionChangeOf(payload: string): SessionChange {
  const [what, id = ""] = payload.split(":")
  return what === "session" ? { sessionId: id } : { userId: id }
}
