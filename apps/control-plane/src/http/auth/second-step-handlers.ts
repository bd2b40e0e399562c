import type { SecondStepBegun } from "@vibecaas/contract/second-step"
import { fault, invariant } from "@vibecaas/kernel/fault"
import type { Handlers, Visitor } from "../../core/kind.ts"
import type { Tries } from "./count-tries.ts"
import { act, begin, type DeedParts, withUser } from "./deeds.ts"
import type { ProvePassword } from "./prove-password.ts"
import { textField } from "./read-answer.ts"
import { sessionCookieName, withoutCookie } from "./session-cookie.ts"
import type { Person } from "./sessions.ts"
import type { SignIn } from "./sign-in.ts"

export interface SecondStepParts extends DeedParts {
  signIn: SignIn
  publicUrl: string
  tries: Tries
  provePassword: ProvePassword
  mailPerson(person: Person, letter: { subject: string; text: string }): Promise<void>
}

type StepRoute = Extract<keyof Handlers<"accounts">, `${string}/second-step${string}`>

const turnedOff =
  "Signing in with your address asks for the password alone again.\n\nIf it was not you, choose a new password at once and turn the second step on again.\n"

/** Turning the code on and off, and signing in with one. */
export function secondStepHandlers(parts: SecondStepParts): Pick<Handlers<"accounts">, StepRoute> {
  const { signIn, publicUrl, tries } = parts
  const prove = (visitor: Visitor, userId: string, { password }: { password: string }) =>
    parts.provePassword({ ip: visitor.ip, userId, password })
  return {
    "GET /auth/second-step": ({ principal }) => signIn.secondStepOf(principal.userId),
    "POST /auth/second-step/begin": async ({ body, visitor, principal }) => {
      const issuer = `VibeCaaS ${new URL(publicUrl).hostname}`
      await prove(visitor, principal.userId, body)
      const { answer } = await ask(parts, visitor, {
        path: "/two-factor/enable",
        body: { ...body, method: "totp", issuer },
      })
      return { body: begun(answer), setCookies: [] }
    },
    "POST /auth/second-step/confirm": async ({ body, visitor, principal }) => {
      const giveBack = await tries.countPassword(visitor.ip, principal.userId)
      const { on } = await signIn.secondStepOf(principal.userId)
      if (on) throw fault("wrong_state", { say: "The second step is on already." })
      const path = "/two-factor/verify-totp"
      const done = await act(parts, visitor, { action: "second_step.on", path, body })
      await giveBack()
      return withUser(done)
    },
    "POST /auth/second-step/recovery-codes": async ({ body, visitor, principal }) => {
      await prove(visitor, principal.userId, body)
      const done = await act(parts, visitor, {
        action: "second_step.codes",
        path: "/two-factor/generate-backup-codes",
        body,
      })
      return { body: { recoveryCodes: codesIn(done.answer) }, setCookies: done.setCookies }
    },
    "POST /auth/second-step/end": async ({ body, visitor, principal }) => {
      const { userId: id, name, email } = principal
      await prove(visitor, id, body)
      if (!(await signIn.secondStepOf(id)).on)
        throw fault("wrong_state", { say: "The second step is not on." })
      const path = "/two-factor/disable"
      const done = await act(parts, visitor, { action: "second_step.off", path, body })
      await signIn.forgetTrust(id)
      const subject = "The second step of your sign-in is off"
      await parts.mailPerson({ id, name, email }, { subject, text: turnedOff })
      return { body: { user: { id, name, email } }, setCookies: done.setCookies }
    },
    "POST /auth/sign-in/second-step": async ({ body, visitor }) => {
      const code = body.code.replaceAll(/\s/g, "")
      const byApp = /^\d{6}$/.test(code)
      const done = await begin(parts, visitor, {
        action: byApp ? "session.start" : "session.recover",
        path: byApp ? "/two-factor/verify-totp" : "/two-factor/verify-backup-code",
        body: { code, trustDevice: body.trust },
        // With a session of before it would be the code of that one's person that is asked for.
        cookie: withoutCookie(visitor.cookie, sessionCookieName(publicUrl)),
      })
      return withUser(done)
    },
  }
}

/** Calls the library for what is no deed yet. */
function ask({ signIn }: SecondStepParts, visitor: Visitor, of: { path: string; body: unknown }) {
  const { cookie, ip, userAgent } = visitor
  return signIn.call({ ...of, cookie, ip, userAgent })
}

function begun(answer: unknown): SecondStepBegun {
  const address = textField(answer, "totpURI") ?? ""
  const key = new URL(address).searchParams.get("secret") ?? ""
  return { address, key, recoveryCodes: codesIn(answer) }
}

function codesIn(answer: unknown): string[] {
  const codes = (answer as { backupCodes?: unknown } | undefined)?.backupCodes
  invariant(Array.isArray(codes), "the sign-in library tells the codes it made")
  return codes.map(String)
}
