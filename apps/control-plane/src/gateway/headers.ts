import type { IncomingMessage } from "node:http"
import { cookieName, withoutOurCookie } from "./viewer-cookie.ts"

/** Names and values in turn, in the order in which they came. */
export type Headers = string[]

/** Who asks, as far as the server trusts what is in front of it. */
export interface Client {
  ip: string
  protocol: "http" | "https"
}

const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "http2-settings",
])

/** Claims about where a request came from: only the gateway makes them. */
const claims = new Set([
  "forwarded",
  "x-real-ip",
  "client-ip",
  "x-client-ip",
  "true-client-ip",
  "cf-connecting-ip",
  "via",
])
const isClaim = (name: string) =>
  claims.has(name) || name === "x-forwarded" || name.startsWith("x-forwarded-")

/**
 * Headers of an answer that would speak for the platform or to a proxy in front of it: who may
 * frame, how the name is reached, and nginx's own commands.
 */
const platformsOwn = new Set([
  "x-frame-options",
  "strict-transport-security",
  "alt-svc",
  "clear-site-data",
  "x-sendfile",
])
const isPlatformsOwn = (name: string) =>
  platformsOwn.has(name) || name.startsWith("x-accel-") || name.startsWith("public-key-pins")

/** A request's headers as the app gets them. */
export function headersForApp(request: IncomingMessage, client: Client): Headers {
  const raw = request.rawHeaders
  const named = connectionNames(request.headers.connection)
  const kept: Headers = []
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? ""
    const lower = name.toLowerCase()
    if (hopByHop.has(lower) || named?.has(lower) || isClaim(lower) || lower === "expect") continue
    const value = lower === "cookie" ? withoutOurCookie(raw[at + 1] ?? "") : raw[at + 1]
    if (value || lower !== "cookie") kept.push(name, value ?? "")
  }
  kept.push("X-Forwarded-For", client.ip, "X-Forwarded-Proto", client.protocol)
  kept.push("X-Forwarded-Host", request.headers.host ?? "")
  return kept
}

export interface VisitorsView {
  /** the only place that may frame an app */
  dashboardOrigin: string
  /** the host under which the visitor knows the app */
  host: string
  /** where the app believes to be reached */
  port: number | undefined
}

/** An answer's headers, names and values in turn, as the visitor gets them. */
export function headersForVisitor(raw: readonly string[], view: VisitorsView): Headers {
  const named = connectionNames(headerOf(raw, "connection"))
  const kept: Headers = []
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? ""
    const value = raw[at + 1] ?? ""
    const lower = name.toLowerCase()
    if (hopByHop.has(lower) || named?.has(lower) || isPlatformsOwn(lower)) continue
    if (lower === "set-cookie" && setsOurCookie(value)) continue
    const shown =
      lower === "content-security-policy"
        ? withoutFrameAncestors(value)
        : lower === "location"
          ? fromOutside(value, view)
          : value
    if (shown || lower !== "content-security-policy") kept.push(name, shown)
  }
  kept.push("Content-Security-Policy", `frame-ancestors ${view.dashboardOrigin}`)
  return kept
}

/** All values of a header, by its name in lower case. */
export function valuesOf(raw: readonly string[], wanted: string): string[] {
  const values: string[] = []
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? ""
    if (name.length === wanted.length && name.toLowerCase() === wanted)
      values.push(raw[at + 1] ?? "")
  }
  return values
}

/** The first of them. */
export const headerOf = (raw: readonly string[], wanted: string): string | undefined =>
  valuesOf(raw, wanted)[0]

/** A connection may name more headers that end with it. */
function connectionNames(value: string | undefined): Set<string> | undefined {
  if (value === undefined || /^(keep-alive|close|upgrade)$/i.test(value)) return undefined
  return new Set(value.split(",").map((name) => name.trim().toLowerCase()))
}

/**
 * A redirect to the address at which the app is inside its machine would lead visitors to a program
 * on their own computer: it means the app's own host.
 */
function fromOutside(location: string, { host, port }: VisitorsView): string {
  const inside = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):(\d+)(?=[/?#]|$)/i.exec(location)
  if (!inside || port === undefined || Number(inside[1]) !== port) return location
  return `//${host}${location.slice(inside[0].length)}`
}

/** Browsers trim names, and compare the prefix `__Host-` without case. */
function setsOurCookie(value: string): boolean {
  const name = value.split(";")[0]?.split("=")[0]?.trim() ?? ""
  return name.toLowerCase() === cookieName.toLowerCase()
}

/** One header may hold several policies; each is kept but for the directive that is ours. */
function withoutFrameAncestors(value: string): string {
  const policies = value.split(",").map((policy) =>
    policy
      .split(";")
      .map((directive) => directive.trim())
      .filter((directive) => directive && !/^frame-ancestors(\s|$)/i.test(directive))
      .join("; "),
  )
  return policies.filter(Boolean).join(", ")
}
