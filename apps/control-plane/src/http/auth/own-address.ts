import { randomBytes } from "node:crypto"
import type { OwnAccount } from "@vibecaas/contract/own-address"
import type { Library } from "./library.ts"
import type { Person } from "./sessions.ts"

/** What becomes of an address by the link of a mail. */
export interface AddressChange {
  before: Person
  email: string
}

export interface OwnAddress {
  accountOf(userId: string): Promise<OwnAccount | undefined>
  hasAccount(email: string): Promise<boolean>
  /** A token that makes an address a person's. */
  beginAddress(of: { userId: string; email: string; expiresAt: Date }): Promise<string>
  /** Makes the address of a token its person's; undefined for one that opens nothing. */
  takeAddress(token: string, now: Date): Promise<AddressChange | "taken" | undefined>
  /** The person has shown that their address is theirs. */
  confirmAddress(userId: string): Promise<void>
  /** With its sessions, and with whatever is under way for it. */
  deleteAccount(userId: string): Promise<void>
  /** Ends all sessions of a person but one. */
  endOtherSessions(userId: string, kept: string | undefined): Promise<void>
}

const identifierOf = (token: string) => `address:${token}`

/** What the library has no safe call for: its own sends tokens that carry the address in the clear. */
export function ownAddress(library: Library): OwnAddress {
  const inside = async () => (await library.$context).internalAdapter
  return {
    async accountOf(userId) {
      const accounts = await inside()
      const user = await accounts.findUserById(userId)
      if (!user) return undefined
      const { id, name, email, emailVerified: confirmed } = user
      const password = Boolean((await accounts.findCredentialAccount(userId))?.password)
      return { id, name, email, confirmed, password }
    },
    hasAccount: async (email) => Boolean(await (await inside()).findUserByEmail(email)),
    async beginAddress({ userId, email, expiresAt }) {
      const token = randomBytes(32).toString("base64url")
      // Begins with whose it is, by which it is found when it is not to count any more.
      const value = `${userId} ${email}`
      const identifier = identifierOf(token)
      await (await inside()).createVerificationValue({ identifier, value, expiresAt })
      return token
    },
    async takeAddress(token, now) {
      const accounts = await inside()
      const found = await accounts.consumeVerificationValue(identifierOf(token))
      if (!found || found.expiresAt <= now) return undefined
      const [userId = "", email = ""] = found.value.split(" ")
      const before = await accounts.findUserById(userId)
      if (!before) return undefined
      const holder = await accounts.findUserByEmail(email)
      if (holder && holder.user.id !== userId) return "taken"
      await accounts.updateUser(userId, { email, emailVerified: true })
      return { before, email }
    },
    async confirmAddress(userId) {
      await (await inside()).updateUser(userId, { emailVerified: true })
    },
    async deleteAccount(userId) {
      await (await inside()).deleteUser(userId)
    },
    async endOtherSessions(userId, keptId) {
      const accounts = await inside()
      for (const { id, token } of await accounts.listSessions(userId))
        if (id !== keptId) await accounts.deleteSession(token)
    },
  }
}
