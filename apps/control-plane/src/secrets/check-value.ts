import { randomBytes, X509Certificate } from "node:crypto"
import { faultOfSecret, generatedTypes, type SecretType } from "@vibecaas/contract/secret-types"
import { fault } from "@vibecaas/kernel/fault"

export const wrong = (field: string, say: string) =>
  fault("invalid", { say, fields: { [field]: say } })

/**
 * A value as it is kept: as it came, but for a certificate or a key, which end in one line break.
 *
 * @throws Fault `invalid`, which never repeats it
 */
export function checkValue(
  type: SecretType,
  value: string,
): { value: string; endsAt: Date | null } {
  const say = faultOfValue(type, value)
  if (say) throw wrong("/value", say)
  const kept = type === "certificate" || type === "ssh_key" ? `${value.trimEnd()}\n` : value
  return { value: kept, endsAt: type === "certificate" ? (endOfCertificate(value) ?? null) : null }
}

/** What is wrong with a value, in words. */
export function faultOfValue(type: SecretType, value: string): string | undefined {
  const say = faultOfSecret(type, value)
  if (say || type !== "certificate" || endOfCertificate(value)) return say
  return "This is no certificate that can be read. Paste it as a whole."
}

/** When the first certificate of a chain ends, the one that a server shows; nothing when it cannot be read. */
function endOfCertificate(pem: string): Date | undefined {
  try {
    return new Date(new X509Certificate(pem).validTo)
  } catch {
    return undefined
  }
}

export const canMake = (type: SecretType) => generatedTypes.includes(type)

/** 256 random bits. @throws Fault `invalid` for a type whose values come from elsewhere */
export function makeValue(type: SecretType): string {
  if (canMake(type)) return randomBytes(32).toString("base64url")
  throw wrong("/value", "Write a value: only whoever it is for can make one.")
}
