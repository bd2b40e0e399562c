import { randomBytes } from "node:crypto"
import type { SecondStepState } from "@vibecaas/contract/second-step"
import { systemClock } from "@vibecaas/kernel/clock"
import type { Library } from "./library.ts"
import { cookieFor, hostCookieName } from "./session-cookie.ts"

/** What a sign-in asks beyond the password, as far as the library has no call for it. */
export interface SecondStep {
  secondStepOf(userId: string): Promise<SecondStepState>
  /** whether a sign-in of theirs asks for a code */
  asksSecondStep(userId: string): Promise<boolean>
  /** Asks for a code where the library does not; answers what to set, with which its call goes on. */
  askSecondStep(userId: string): Promise<string>
  /** Every browser of a person is asked for a code again, and links of mails open nothing more. */
  forgetTrust(userId: string): Promise<void>
}

const askedSeconds = 600

export function secondStep(
  library: Library,
  { secret, publicUrl }: { secret: string; publicUrl: string },
): SecondStep {
  const asksSecondStep = async (userId: string) => {
    const { adapter } = await library.$context
    const where = [{ field: "userId", value: userId }]
    const row = await adapter.findOne<{ verified: boolean }>({ model: "twoFactor", where })
    return row?.verified === true
  }
  return {
    asksSecondStep,
    async secondStepOf(userId) {
      if (!(await asksSecondStep(userId))) return { on: false, recoveryCodes: 0 }
      const { backupCodes } = await library.api.viewBackupCodes({ body: { userId } })
      return { on: true, recoveryCodes: backupCodes.length }
    },
    async askSecondStep(userId) {
      const { internalAdapter } = await library.$context
      const identifier = `2fa-${randomBytes(15).toString("base64url")}`
      // The library, which looks at it, goes by the machine's clock.
      const expiresAt = new Date(systemClock.now().getTime() + askedSeconds * 1000)
      const tries = `2fa-attempts-${identifier}`
      await internalAdapter.createVerificationValue({ identifier, value: userId, expiresAt })
      await internalAdapter.createVerificationValue({ identifier: tries, value: "0", expiresAt })
      const name = hostCookieName(publicUrl, "second-step")
      const cookie = { name, secret, secure: publicUrl.startsWith("https:") }
      return cookieFor(cookie, { token: identifier, expiresAt })
    },
    async forgetTrust(userId) {
      const { adapter } = await library.$context
      // Only hashes of their names are kept, so whatever is under way for the person begins anew.
      const own = { field: "value", value: userId }
      const more = { field: "value", value: `${userId} `, operator: "starts_with" } as const
      for (const where of [[own], [more]])
        await adapter.deleteMany({ model: "verification", where })
    },
  }
}
