import { fault } from "@vibecaas/kernel/fault"
import type { Tries } from "./count-tries.ts"
import type { SignIn } from "./sign-in.ts"

/** Sees that whoever has the session knows its password, too; guesses are counted. */
export type ProvePassword = (of: { ip: string; userId: string; password: string }) => Promise<void>

/** @throws Fault `invalid` at `/password`, `rate_limited` */
export function makeProvePassword(
  signIn: Pick<SignIn, "isPassword">,
  tries: Pick<Tries, "countPassword">,
): ProvePassword {
  return async ({ ip, userId, password }) => {
    const giveBack = await tries.countPassword(ip, userId)
    const right = await signIn.isPassword(userId, password)
    if (right === undefined) {
      throw refused("This account has no password yet. Ask for one by “Forgotten your password?”.")
    }
    if (!right) throw refused("That is not your current password.")
    await giveBack()
  }
}

const refused = (say: string) => fault("invalid", { say, fields: { "/password": say } })
