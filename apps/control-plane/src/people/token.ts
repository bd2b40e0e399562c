import { createHash, randomBytes } from "node:crypto"

/** What opens an invitation: 256 random bits, so nobody guesses it and one round of hashing is enough. */
export const newToken = () => `vci_${randomBytes(32).toString("base64url")}`

export const hashOfToken = (token: string) => createHash("sha256").update(token).digest()

/** The token is behind the #, which browsers send to no server and no log has. */
export const linkOf = (publicUrl: string, token: string) => `${publicUrl}/join#${token}`
