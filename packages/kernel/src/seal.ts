import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto"
import { fault } from "./fault.ts"

/**
 * Envelope encryption: a master key wraps one data key per organization; data keys seal values.
 *
 * A sealed value reads `v1.<master key id>.<nonce>.<ciphertext and tag>` in base64url. The context
 * (table, column, row id) is authenticated, so a value copied to another row does not open.
 */
export interface MasterKey {
  /** first 8 hex digits of the key's SHA-256: names the key without telling it */
  id: string
  bytes: Uint8Array
  /** opens what names another key, too: once data keys had the name of the master key of their time */
  anyName?: true
}

/** @param bytes exactly 32 */
export function masterKey(bytes: Uint8Array): MasterKey {
  if (bytes.length !== 32)
    throw fault("master_key_invalid", { say: "The master key must be 32 bytes." })
  return { id: idOf(bytes), bytes }
}

const idOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex").slice(0, 8)

/** A fresh data key, wrapped by the master key, to be stored beside the organization. */
export function newDataKey(master: MasterKey, organizationId: string): string {
  return seal(master, randomBytes(32), `data-key:${organizationId}`)
}

/**
 * The other half of `newDataKey`: what is stored beside each organization can be opened.
 *
 * @throws Fault `seal_broken` when the master key differs or the wrapped key was changed
 */
export function openDataKey(master: MasterKey, organizationId: string, wrapped: string): MasterKey {
  const bytes = open(master, wrapped, `data-key:${organizationId}`)
  return { id: idOf(bytes), bytes, anyName: true }
}

export function seal(key: MasterKey, plain: Uint8Array, context: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv("aes-256-gcm", key.bytes, nonce)
  cipher.setAAD(Buffer.from(context))
  const body = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  return `v1.${key.id}.${nonce.toString("base64url")}.${body.toString("base64url")}`
}

/** @throws Fault `seal_broken` when the key, the context or a single bit differs */
export function open(key: MasterKey, sealed: string, context: string): Buffer {
  const [version, keyId, nonce, body] = sealed.split(".")
  const broken = (note: string, cause?: unknown) =>
    fault("seal_broken", {
      say: "A stored secret cannot be opened with this server's key.",
      note,
      cause,
    })
  if (version !== "v1" || !nonce || !body) throw broken("not a sealed value")
  if (keyId !== key.id && !key.anyName) throw broken(`sealed with key ${keyId}, this is ${key.id}`)
  const bytes = Buffer.from(body, "base64url")
  // Without the length a tag cut to four bytes would be enough.
  const whole = { authTagLength: 16 }
  const at = Buffer.from(nonce, "base64url")
  const decipher = createDecipheriv("aes-256-gcm", key.bytes, at, whole)
  decipher.setAAD(Buffer.from(context))
  try {
    decipher.setAuthTag(bytes.subarray(-16))
    return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()])
  } catch (error) {
    throw broken("authentication failed", error)
  }
}
