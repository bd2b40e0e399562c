import type { Clock } from "@vibecaas/kernel/clock"
import { fault, invariant } from "@vibecaas/kernel/fault"
import type { Handlers, Visitor } from "../../core/kind.ts"
import { assertAllowed, type RateLimiter } from "../rate-limit.ts"
import type { AccountDeed } from "./account-deed.ts"
import type { AddressChange } from "./own-address.ts"
import type { ProvePassword } from "./prove-password.ts"
import type { Person, Sessions } from "./sessions.ts"
import type { SignIn } from "./sign-in.ts"

export interface OwnAddressParts {
  signIn: SignIn
  sessions: Pick<Sessions, "forget">
  limiter: RateLimiter
  clock: Clock
  publicUrl: string
  provePassword: ProvePassword
  recordAccountDeed(deed: AccountDeed): Promise<void>
  mailPerson(person: Person, letter: { subject: string; text: string }): Promise<void>
}

type AddressRoute = "GET /auth/account" | "POST /auth/address" | "POST /auth/address/confirm"

/** Mails that one account sends to addresses in an hour. */
const mailsAnHour = { max: 5, windowSeconds: 3600 }
const tooManyMails = "Too many mails were asked for. Try again in an hour."

/** How long the link can be used, in `ms`. */
const linkMs = 60 * 60 * 1000

export function ownAddressHandlers(
  parts: OwnAddressParts,
): Pick<Handlers<"accounts">, AddressRoute> {
  const { signIn, limiter, sessions } = parts
  return {
    "GET /auth/account": async ({ principal }) => {
      const account = await signIn.accountOf(principal.userId)
      invariant(account, "who is signed in has an account")
      return account
    },
    "POST /auth/address": async ({ body, principal, visitor }) => {
      const { userId, name } = principal
      await parts.provePassword({ ip: visitor.ip, userId, password: body.password })
      const email = body.email.toLowerCase()
      if (email !== principal.email && (await signIn.hasAccount(email))) throw taken("/email")
      assertAllowed(await limiter.take(`address:${userId}`, mailsAnHour), tooManyMails)
      await mailBoth(parts, { id: userId, name, email: principal.email }, email)
      return { body: { asked: true }, setCookies: [] }
    },
    "POST /auth/address/confirm": async ({ body, visitor }) => {
      const change = await signIn.takeAddress(body.token, parts.clock.now())
      if (change === "taken") throw taken()
      if (!change) {
        const say = "This link was used, or its time is over. Ask for another one."
        throw fault("wrong_state", { say })
      }
      await settle(parts, change, visitor)
      sessions.forget({ userId: change.before.id })
      return { body: { email: change.email }, setCookies: [] }
    },
  }
}

function taken(field?: string) {
  const say = "There is an account with that address."
  return field === undefined
    ? fault("wrong_state", { say })
    : fault("name_taken", { say, fields: { [field]: say } })
}

async function mailBoth(parts: OwnAddressParts, person: Person, email: string): Promise<void> {
  const expiresAt = new Date(parts.clock.now().getTime() + linkMs)
  const token = await parts.signIn.beginAddress({ userId: person.id, email, expiresAt })
  // Behind the #, which browsers send to no server.
  const link = `${parts.publicUrl}/new-address#${token}`
  await parts.mailPerson(
    { ...person, email },
    {
      subject: "Confirm your address",
      text: `${person.name} asked to sign in with this address.\n\nConfirm it here within an hour; the link works once:\n\n${link}\n\nIf that was not you, do nothing: nothing changes.\n`,
    },
  )
  if (email === person.email) return
  await parts.mailPerson(person, {
    subject: "Another address was asked for",
    text: `Somebody, probably you, asked to sign in with ${email} in place of this address. It counts once the mail that went there is answered.\n\nIf it was not you, choose a new password now: ${parts.publicUrl}/forgot\n`,
  })
}

/** After a change nothing that went to the old address opens anything, and nobody stays signed in elsewhere. */
async function settle(
  parts: OwnAddressParts,
  { before, email }: AddressChange,
  { principal, ip, requestId }: Visitor,
): Promise<void> {
  const { signIn } = parts
  const { id, name } = before
  const changes = before.email !== email
  if (changes) {
    await signIn.forgetTrust(id)
    await signIn.endOtherSessions(id, principal?.userId === id ? principal.sessionId : undefined)
    await parts.mailPerson(before, {
      subject: "Your address was changed",
      text: `Your account is signed in to with ${email} from now on, and no more with this address. Other sessions were ended.\n\nIf it was not you, write to those who run this installation.\n`,
    })
  }
  const action = changes ? "address.change" : "address.confirm"
  await parts.recordAccountDeed({ action, person: { id, name, email }, ip, requestId })
}
