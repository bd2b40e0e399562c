import type { PublicFaultCode } from "@vibecaas/contract/faults"
import type { Route } from "@vibecaas/contract/routes"

/** Every code that a call of a row may be answered: by its access, its method and shape, and its own. */
export function faultsOf(method: string, route: Route): ReadonlySet<PublicFaultCode> {
  const write = !["GET", "HEAD"].includes(method)
  return new Set<PublicFaultCode>([
    ...byAccess[route.access.by],
    ...(route.params ? (["not_found"] as const) : []),
    ...(write ? byBody : []),
    // Whoever looks as somebody else changes nothing.
    ...(write && route.access.by === "user" ? (["forbidden"] as const) : []),
    ...(route.body || route.query ? (["malformed", "invalid"] as const) : []),
    ...(route.idempotent ? (["request_in_flight", "idempotency_mismatch"] as const) : []),
    ...(route.ifMatch ? (["version_mismatch"] as const) : []),
    ...(route.faults ?? []),
    ...always,
  ])
}

const byAccess = {
  public: [],
  user: ["unauthenticated"],
  organization: ["unauthenticated", "forbidden", "not_found"],
  object: ["unauthenticated", "forbidden", "access_needed", "not_found"],
  "platform-admin": ["unauthenticated", "forbidden"],
} as const

/** A write can be sent by another site, carry any bytes, and find the disk full. */
const byBody = ["origin_refused", "malformed", "media_type", "too_large", "disk_full"] as const

const always = ["rate_limited", "internal", "unavailable"] as const
