import type { IncomingMessage } from "node:http"
import { concerns, type SessionChange } from "../http/auth/sessions.ts"
import { keepNewest } from "../http/keep-newest.ts"
import type { GatewayParts } from "./exchange.ts"
import { hostName } from "./host.ts"
import type { PreviewTarget, Viewer } from "./previews.ts"
import { viewerOf } from "./viewer-cookie.ts"

/** `viewer` is who looks at a private preview; nobody needs to be known at a public one. */
export type Admission = { admitted: true; viewer: Viewer | undefined } | { admitted: false }

/** Decides who may see a preview; remembers a yes for as long as it need not be asked again. */
export interface Admissions {
  admit(request: IncomingMessage, target: PreviewTarget): Promise<Admission>
  /** asks again those whom a change concerns */
  forget(change: SessionChange): void
}

export function makeAdmissions(
  parts: Pick<GatewayParts, "previews" | "clock" | "cookieKey" | "limits">,
): Admissions {
  const remembered = new Map<string, { viewer: Viewer; until: number }>()
  let epoch = 0
  const maySee = async (target: PreviewTarget, viewer: Viewer) => {
    const key = [target.projectId, viewer.userId, viewer.sessionId].join(" ")
    const now = parts.clock.now().getTime()
    if ((remembered.get(key)?.until ?? 0) > now) return true
    remembered.delete(key)
    const epochBefore = epoch
    if (!(await parts.previews.maySee(target, viewer))) return false
    // A change heard while we were asking may be about what was answered: then do not keep it.
    if (epoch === epochBefore) {
      const until = now + parts.limits.recheckMs
      keepNewest(remembered, [key, { viewer, until }], rememberedMax)
    }
    return true
  }
  return {
    async admit(request, target) {
      if (target.preview === "public") return { admitted: true, viewer: undefined }
      if (!isOfThisHost(request)) return { admitted: false }
      const viewer = viewerOf(parts.cookieKey, request.headers.cookie, {
        projectId: target.projectId,
        host: hostName(request.headers.host) ?? "",
        now: parts.clock.now(),
      })
      if (!viewer || !(await maySee(target, viewer))) return { admitted: false }
      return { admitted: true, viewer }
    },
    forget(change) {
      epoch++
      for (const [key, { viewer }] of remembered) {
        if (concerns(change, viewer)) remembered.delete(key)
      }
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
