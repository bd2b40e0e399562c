import { createHmac, timingSafeEqual } from "node:crypto"
import { LRUCache } from "lru-cache"
import type { Viewer } from "./site.ts"

/** The prefix makes browsers refuse it without `Secure`, with a domain, or from another host. */
export const cookieName = "__Host-vibecaas-preview"
export const cookieSeconds = 3600

/** What a cookie says: who, for which site on which host, until when (ms since 1970). */
interface Pass extends Viewer {
  site: string
  host: string
  until: number
}

export interface CookieScope {
  /** the site's id */
  site: string
  host: string
  now: Date
}

/** The whole `Set-Cookie` value; partitioned, so that it lives inside the dashboard's frame only. */
export function passCookie(key: Uint8Array, viewer: Viewer, scope: CookieScope): string {
  const until = scope.now.getTime() + cookieSeconds * 1000
  const pass: Pass = {
    userId: viewer.userId,
    sessionId: viewer.sessionId,
    site: scope.site,
    host: scope.host,
    until,
  }
  const body = Buffer.from(JSON.stringify(pass)).toString("base64url")
  const value = `${body}.${sign(key, body)}`
  return `${cookieName}=${value}; Path=/; Max-Age=${cookieSeconds}; HttpOnly; Secure; SameSite=None; Partitioned`
}

/**
 * Reads who a request's cookies prove: nobody without a pass that is ours, of here, and of now. A
 * signature that was proved is not proved again: what it signs never changes.
 */
export function makePassReader(key: Uint8Array) {
  const proved = new LRUCache<string, Pass>({ max: provedMax })
  const open = (value: string): Pass | undefined => {
    const known = proved.get(value)
    if (known) return known
    const pass = openPass(key, value)
    if (pass) proved.set(value, pass)
    return pass
  }
  return (cookies: string | undefined, scope: CookieScope): Viewer | undefined => {
    for (const value of ourValues(cookies ?? "")) {
      const pass = open(value)
      if (pass?.site !== scope.site || pass.host !== scope.host) continue
      if (pass.until > scope.now.getTime()) {
        return { userId: pass.userId, sessionId: pass.sessionId }
      }
    }
    return undefined
  }
}

const provedMax = 10_000

/** A `Cookie` header without our cookie, under any case of its name. */
export function withoutOurCookie(header: string): string {
  const kept = header.split(";").filter((pair) => !isOurs(pair))
  return kept.join(";").trim()
}

const isOurs = (pair: string) =>
  pair.split("=")[0]?.trim().toLowerCase() === cookieName.toLowerCase()

function ourValues(header: string): string[] {
  const ours = header.split(";").filter((pair) => pair.trim().startsWith(`${cookieName}=`))
  return ours.map((pair) => pair.slice(pair.indexOf("=") + 1).trim())
}

function openPass(key: Uint8Array, value: string): Pass | undefined {
  const [body = "", mac = ""] = value.split(".")
  const expected = Buffer.from(sign(key, body))
  const given = Buffer.from(mac)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  // Signed by us, so it has the shape we gave it.
  return JSON.parse(Buffer.from(body, "base64url").toString()) as Pass
}

function sign(key: Uint8Array, body: string): string {
  return createHmac("sha256", key).update(`preview-pass:${body}`).digest("base64url")
}
