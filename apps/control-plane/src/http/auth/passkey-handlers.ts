import type { Passkey } from "@vibecaas/contract/passkey"
import { fault, invariant } from "@vibecaas/kernel/fault"
import type { Actor } from "../../core/ctx.ts"
import type { Handlers, Principal } from "../../core/kind.ts"
import { act, begin, type DeedParts, withUser } from "./deeds.ts"
import { deedOf } from "./own-account.ts"
import type { KeptPasskey } from "./passkeys.ts"
import type { ProvePassword } from "./prove-password.ts"
import { textField } from "./read-answer.ts"
import type { Person } from "./sessions.ts"
import type { SignIn } from "./sign-in.ts"

export interface PasskeyParts extends DeedParts {
  signIn: SignIn
  publicUrl: string
  provePassword: ProvePassword
  mailPerson(person: Person, letter: { subject: string; text: string }): Promise<void>
}

type PasskeyRoute = Extract<keyof Handlers<"accounts">, `${string}/passkey${string}`>

/** Keeping passkeys, and signing in by one. */
export function passkeyHandlers(parts: PasskeyParts): Pick<Handlers<"accounts">, PasskeyRoute> {
  const { signIn } = parts
  const record = (action: "passkey.rename" | "passkey.remove", by: By) =>
    parts.recordAccountDeed(deedOf(action, personOf(by.principal), by.actor))
  return {
    "GET /auth/passkeys": async ({ principal }) => ({
      items: (await signIn.passkeysOf(principal.userId)).map(show),
    }),
    "POST /auth/passkeys/begin": async ({ body, principal, visitor }) => {
      const { userId } = principal
      await parts.provePassword({ ip: visitor.ip, userId, password: body.password })
      const { options, cookies } = await signIn.askPasskey("register", visitor)
      return { body: { options }, setCookies: cookies }
    },
    "POST /auth/passkeys": async ({ body, principal, visitor }) => {
      const path = "/passkey/verify-registration"
      const done = await act(parts, visitor, { action: "passkey.add", path, body })
      const kept = await signIn.passkeysOf(principal.userId)
      const made = kept.find(({ id }) => id === textField(done.answer, "id"))
      invariant(made, "the sign-in library keeps the passkey that it answers")
      await parts.mailPerson(personOf(principal), added(body.name, parts.publicUrl))
      return { body: show(made), setCookies: done.setCookies }
    },
    "PATCH /auth/passkeys/{passkeyId}": async ({ params, body, principal, actor }) => {
      const renamed = await signIn.renamePasskey({ ...params, ...body, userId: principal.userId })
      if (!renamed) throw noSuch()
      await record("passkey.rename", { principal, actor })
      return show(renamed)
    },
    "DELETE /auth/passkeys/{passkeyId}": async ({ params, principal, actor }) => {
      if (!(await signIn.removePasskey({ ...params, userId: principal.userId }))) throw noSuch()
      await record("passkey.remove", { principal, actor })
      return undefined
    },
    "POST /auth/sign-in/passkey/begin": async ({ visitor }) => {
      // With the session of before, only passkeys of its person would be asked for.
      const visit = { ...visitor, cookie: undefined }
      const { options, cookies } = await signIn.askPasskey("authenticate", visit)
      return { body: { options }, setCookies: cookies }
    },
    "POST /auth/sign-in/passkey": async ({ body, visitor }) => {
      const path = "/passkey/verify-authentication"
      return withUser(await begin(parts, visitor, { action: "session.passkey", path, body }))
    },
  }
}

interface By {
  principal: Principal
  actor: Actor
}

const personOf = ({ userId: id, name, email }: Principal) => ({ id, name, email })

const noSuch = () => fault("not_found", { say: "There is no such passkey of yours." })

const show = ({ id, name, backedUp, createdAt }: KeptPasskey): Passkey => ({
  ...{ id, name, synced: backedUp, createdAt: createdAt.toISOString() },
})

const added = (name: string, publicUrl: string) => ({
  subject: "A passkey was added to your account",
  text: `“${name}” signs in as you from now on, without your password.\n\nIf it was not you, remove it in the settings and choose a new password at once: ${publicUrl}/forgot\n`,
})
