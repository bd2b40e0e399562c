import { passkey } from "@better-auth/passkey"
import { APIError } from "better-auth/api"

/** The cookie of a question that the browser has not answered, among the library's. */
export const passkeyCookie = "passkey"

/**
 * Passkeys of the dashboard's host, answered from its own pages alone: a browser lets pages of hosts below it ask
 * for them, too, and those are apps. Since it opens the account by itself, whoever uses one has to be seen by
 * their device, by a PIN or a finger; the library would only prefer that.
 */
export const passkeyPlugin = (publicUrl: string) =>
  passkey({
    rpID: new URL(publicUrl).hostname,
    rpName: "VibeCaaS",
    origin: new URL(publicUrl).origin,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    advanced: { webAuthnChallengeCookie: passkeyCookie },
    registration: {
      afterVerification: ({ verification }) =>
        needSeen(verification.registrationInfo?.userVerified),
    },
    authentication: {
      afterVerification: ({ verification }) =>
        needSeen(verification.authenticationInfo.userVerified),
    },
  })

async function needSeen(seen: boolean | undefined): Promise<void> {
  if (!seen) throw new APIError("UNAUTHORIZED", { code: "PERSON_NOT_SEEN" })
}
