import { fault } from "@vibecaas/kernel/fault"
import type { Actor } from "../../core/ctx.ts"
import type { Handlers, Principal } from "../../core/kind.ts"
import type { ProvePassword } from "./prove-password.ts"
import type { Person, Sessions } from "./sessions.ts"
import type { SignIn } from "./sign-in.ts"

export interface OwnDataParts {
  signIn: SignIn
  sessions: Sessions
  provePassword: ProvePassword
  /** all that is kept of a person beside what the sign-in keeps, and that, as JSON in pieces */
  exportPerson(of: { principal: Principal; account: object }): AsyncIterable<string>
  /** takes a person out of all but their account; answers names of organizations that go with them */
  erasePerson(of: { person: Person; actor: Actor }): Promise<string[]>
}

/** What is kept of a person: to take along, and to be gone. */
export function ownDataHandlers(
  parts: OwnDataParts,
): Pick<Handlers<"accounts">, "GET /me/export" | "DELETE /me"> {
  const { signIn } = parts
  return {
    "GET /me/export": async ({ principal }) => {
      const { userId } = principal
      const account = {
        ...(await signIn.accountOf(userId)),
        secondStep: await signIn.secondStepOf(userId),
        passkeys: await signIn.passkeysOf(userId),
        sessions: await signIn.sessionsOf(userId),
      }
      return { pieces: parts.exportPerson({ principal, account }), name: "vibecaas-account.json" }
    },
    "DELETE /me": async ({ body, principal, actor, visitor }) => {
      const { userId: id, name, email } = principal
      await assertMeant(parts, { body, principal, ip: visitor.ip })
      const person = { id, name, email }
      const organizations = await parts.erasePerson({ person, actor })
      // Not as a deed: nothing may be written of somebody who is erased.
      const { cookies } = await signIn.call({ ...visitor, path: "/sign-out", body: {} })
      await signIn.deleteAccount(id)
      parts.sessions.forget({ userId: id })
      return { body: { organizations }, setCookies: cookies }
    },
  }
}

async function assertMeant(
  parts: OwnDataParts,
  of: { body: { email: string; password?: string | undefined }; principal: Principal; ip: string },
): Promise<void> {
  const { body, principal, ip } = of
  if (body.email.trim().toLowerCase() !== principal.email) {
    const say = "That is not your address. Nothing was erased."
    throw fault("invalid", { say, fields: { "/email": `Type ${principal.email} to erase it.` } })
  }
  const { userId } = principal
  const account = await parts.signIn.accountOf(userId)
  if (account && !account.password) return
  await parts.provePassword({ ip, userId, password: body.password ?? "" })
}
