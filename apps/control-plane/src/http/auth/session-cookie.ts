import { createHmac, timingSafeEqual } from "node:crypto"

/**
 * Name of the session cookie. Over https the prefix makes browsers insist on `Secure`, path `/` and
 * no domain, so that an app on a neighbouring host cannot plant one.
 */
export function sessionCookieName(publicUrl: string): string {
  return publicUrl.startsWith("https:") ? "__Host-vibecaas.session" : "vibecaas.session"
}

/**
 * The session's token from a `Cookie` header, if its signature holds.
 *
 * The value is what the sign-in library writes: `token.signature`, URI-encoded; the signature is
 * HMAC-SHA-256 in base64 (better-auth 1.7, better-call `crypto.mjs`).
 */
export function readSessionToken(
  header: string | undefined,
  cookie: { name: string; secret: string },
): string | undefined {
  const value = header && cookieValue(header, cookie.name)
  if (!value) return undefined
  const dot = value.lastIndexOf(".")
  if (dot < 1) return undefined
  const token = value.slice(0, dot)
  return sameBytes(value.slice(dot + 1), sign(token, cookie.secret)) ? token : undefined
}

function cookieValue(header: string, name: string): string | undefined {
  for (const pair of header.split(";")) {
    const at = pair.indexOf("=")
    if (pair.slice(0, at).trim() !== name) continue
    return decode(pair.slice(at + 1).trim())
  }
  return undefined
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function sign(token: string, secret: string): string {
  return createHmac("sha256", secret).update(token).digest("base64")
}

function sameBytes(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
