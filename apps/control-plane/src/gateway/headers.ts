import type { IncomingMessage } from "node:http"
import { cookieName, withoutOurCookie } from "./viewer-cookie.ts"

/** Name and value, one pair per line as it came. */
export type HeaderList = [name: string, value: string][]

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
const claims = /^(x-forwarded(-.*)?|forwarded|x-real-ip|(x-|true-)?client-ip|cf-connecting-ip|via)$/

/**
 * Headers of an answer that would speak for the platform or to a proxy in front of it: who may
 * frame, how the name is reached, and nginx's own commands.
 */
const platformsOwn =
  /^(x-frame-options|strict-transport-security|alt-svc|clear-site-data|public-key-pins.*|x-accel-.*|x-sendfile)$/

/** A request's headers as the app gets them. */
export function headersForApp(request: IncomingMessage, client: Client): HeaderList {
  const named = connectionNames(request.headers.connection)
  const kept = pairs(request.rawHeaders).flatMap<[string, string]>(([name, value]) => {
    const lower = name.toLowerCase()
    if (hopByHop.has(lower) || named.has(lower) || claims.test(lower)) return []
    if (lower === "expect") return []
    if (lower !== "cookie") return [[name, value]]
    const cookies = withoutOurCookie(value)
    return cookies ? [[name, cookies]] : []
  })
  return [
    ...kept,
    ["X-Forwarded-For", client.ip],
    ["X-Forwarded-Proto", client.protocol],
    ["X-Forwarded-Host", request.headers.host ?? ""],
  ]
}

/** An answer's headers as the visitor gets them. */
export function headersForVisitor(answer: IncomingMessage, dashboardOrigin: string): HeaderList {
  const named = connectionNames(answer.headers.connection)
  const kept = pairs(answer.rawHeaders).flatMap<[string, string]>(([name, value]) => {
    const lower = name.toLowerCase()
    if (hopByHop.has(lower) || named.has(lower) || platformsOwn.test(lower)) return []
    if (lower === "set-cookie" && setsOurCookie(value)) return []
    if (lower !== "content-security-policy") return [[name, value]]
    const policy = withoutFrameAncestors(value)
    return policy ? [[name, policy]] : []
  })
  return [...kept, ["Content-Security-Policy", `frame-ancestors ${dashboardOrigin}`]]
}

export function pairs(raw: readonly string[]): HeaderList {
  return Array.from({ length: raw.length / 2 }, (_, i) => [raw[2 * i] ?? "", raw[2 * i + 1] ?? ""])
}

/** A connection may name more headers that end with it. */
function connectionNames(value: string | undefined): Set<string> {
  return new Set((value ?? "").split(",").map((name) => name.trim().toLowerCase()))
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
