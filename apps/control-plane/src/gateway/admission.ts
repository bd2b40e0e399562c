import type { IncomingMessage } from "node:http"
import { LRUCache } from "lru-cache"
import { concerns, type SessionChange } from "../http/auth/remembered.ts"
import type { GatewayParts } from "./exchange.ts"
import { keyOf } from "./find-site.ts"
import { hostName } from "./host.ts"
import type { Site, Viewer } from "./site.ts"
import { makePassReader } from "./viewer-cookie.ts"

/** `viewer` is who looks at a private site; nobody needs to be known at a public one. */
export type Admission = { admitted: true; viewer: Viewer | undefined } | { admitted: false }

/** Decides who may see a site; remembers a yes for as long as it need not be asked again. */
export interface Admissions {
  admit(request: IncomingMessage, site: Site): Promise<Admission>
  /** asks again those whom a change concerns */
  forget(change: SessionChange): void
}

interface Right {
  viewer: Viewer
  granted: Promise<boolean>
}

export function makeAdmissions(
  parts: Pick<GatewayParts, "access" | "clock" | "cookieKey" | "limits">,
): Admissions {
  const viewerOf = makePassReader(parts.cookieKey)
  const rights = new LRUCache<string, Right>({
    max: rememberedMax,
    ttl: parts.limits.recheckMs,
    ttlResolution: 0,
    perf: { now: () => parts.clock.now().getTime() },
  })
  // Kept as a promise: one that a change has overtaken is dropped, whatever it will say.
  const maySee = (site: Site, viewer: Viewer): Promise<boolean> => {
    const key = `${keyOf(site)} ${viewer.userId} ${viewer.sessionId}`
    const known = rights.get(key)
    if (known) return known.granted
    const right = { viewer, granted: parts.access.maySee(site.ref, viewer) }
    rights.set(key, right)
    const drop = () => rights.peek(key) === right && rights.delete(key)
    right.granted.then((granted) => granted || drop(), drop)
    return right.granted
  }
  return {
    async admit(request, site) {
      if (site.visibility === "public") return { admitted: true, viewer: undefined }
      if (!isOfThisHost(request)) return { admitted: false }
      const viewer = viewerOf(request.headers.cookie, {
        site: site.ref.id,
        host: hostName(request.headers.host) ?? "",
        now: parts.clock.now(),
      })
      if (!viewer || !(await maySee(site, viewer))) return { admitted: false }
      return { admitted: true, viewer }
    },
    forget(change) {
      for (const [key, { viewer }] of rights) if (concerns(change, viewer)) rights.delete(key)
    },
  }
}

const rememberedMax = 10_000

/**
 * Where a browser ignores `Partitioned`, the cookie would come along with other pages' requests
 * and WebSockets: those say where they come from.
 */
function isOfThisHost(request: IncomingMessage): boolean {
  const { origin, host } = request.headers
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase()
}
