import { fault } from "@vibecaas/kernel/fault"
import type { Handlers } from "../../core/kind.ts"
import { countTries, type TriesParts } from "./count-tries.ts"
import { act, begin, stop, withUser } from "./deeds.ts"
import { type OwnAccountParts, ownAccountHandlers } from "./own-account.ts"
import { ownAddressHandlers } from "./own-address-handlers.ts"
import { type OwnDataParts, ownDataHandlers } from "./own-data-handlers.ts"
import { passkeyHandlers } from "./passkey-handlers.ts"
import { makeProvePassword } from "./prove-password.ts"
import { type ProviderHandlersParts, providerHandlers } from "./provider-handlers.ts"
import { secondStepHandlers } from "./second-step-handlers.ts"

/** Who may make an account: anybody, who is invited, nobody. */
export type SignUpPolicy = "open" | "invite" | "closed"

export interface AccountHandlersParts
  extends Omit<TriesParts, "signIn">,
    OwnAccountParts,
    Pick<OwnDataParts, "exportPerson" | "erasePerson"> {
  provider: ProviderHandlersParts["provider"]
  signUpPolicy: SignUpPolicy
  /** whether an invitation lets somebody with that address in */
  isInvited(of: { token: string; email: string }): Promise<boolean>
}

/** The contract's calls of the sign-in library; any other path below `/auth` stays a 404. */
export function accountHandlers(parts: AccountHandlersParts): Handlers<"accounts"> {
  const tries = countTries(parts)
  const provePassword = makeProvePassword(parts.signIn, tries)
  return {
    ...ownAccountHandlers(parts),
    ...secondStepHandlers({ ...parts, tries, provePassword }),
    ...passkeyHandlers({ ...parts, provePassword }),
    ...providerHandlers(parts),
    ...ownAddressHandlers({ ...parts, provePassword }),
    ...ownDataHandlers({ ...parts, provePassword }),
    "POST /auth/sign-up/email": async ({ body, visitor }) => {
      const { invitation, ...account } = body
      await assertMaySignUp(parts, { email: account.email, token: invitation })
      const deed = { action: "account.create", path: "/sign-up/email", body: account } as const
      return withUser(await begin(parts, visitor, deed))
    },
    "POST /auth/sign-in/email": async ({ body, visitor }) => {
      const giveBack = await tries.countSignIn(visitor.ip, body.email.toLowerCase())
      const done = await begin(parts, visitor, {
        action: "session.start",
        path: "/sign-in/email",
        body,
      })
      await giveBack()
      if (!done.person)
        return { body: { user: null, secondStep: true }, setCookies: done.setCookies }
      return { body: { user: done.person, secondStep: false }, setCookies: done.setCookies }
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
      await parts.signIn.forgetTrust(principal.userId)
      return withUser(done)
    },
  }
}

async function assertMaySignUp(
  { signUpPolicy, isInvited }: AccountHandlersParts,
  { email, token }: { email: string; token: string | undefined },
): Promise<void> {
  if (signUpPolicy === "open") return
  if (signUpPolicy === "closed")
    throw fault("forbidden", { say: "This installation does not take new people." })
  if (token !== undefined && (await isInvited({ token, email }))) return
  const say = token
    ? "That invitation is not for this address, or its time is over."
    : "Only who is invited can make an account here."
  throw fault("forbidden", { say })
}
