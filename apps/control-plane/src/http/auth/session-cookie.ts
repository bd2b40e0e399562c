import { createHmac, timingSafeEqual } from "node:crypto"

/**
 * Name of the session cookie. Over https the prefix makes browsers insist on `Secure`, path `/` and
 * no domain, so that an app on a neighbouring host cannot plant one.
 */
export const sessionCookieName = (publicUrl: string) => hostCookieName(publicUrl, "session")

export function hostCookieName(publicUrl: string, name: string): string {
  return publicUrl.startsWith("https:") ? `__Host-vibecaas.${name}` : `vibecaas.${name}`
}

/** A `Cookie` header without one of its cookies. */
export function withoutCookie(header: string | undefined, name: string): string | undefined {
  const pairs = header?.split(";").map((pair) => pair.trim())
  return pairs?.filter((pair) => !pair.startsWith(`${name}=`)).join("; ") || undefined
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

/**
 * The value for `Set-Cookie` that opens a session until it ends; without one, that leaves a browser with none.
 */
export function cookieFor(
  cookie: { name: string; secret: string; secure: boolean },
  session: { token: string; expiresAt: Date } | undefined,
): string {
  const { name, secret, secure } = cookie
  const value = session ? encodeURIComponent(`${session.token}.${sign(session.token, secret)}`) : ""
  const end = session ? `Expires=${session.expiresAt.toUTCString()}` : "Max-Age=0"
  return `${name}=${value}; ${end}; Path=/; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`
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
