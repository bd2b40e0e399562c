import type { Clock } from "@vibecaas/kernel/clock"
import { isSameSite } from "./find-site.ts"
import type { GatewayLimits } from "./limits.ts"
import type { Site, SiteAccess, Viewer } from "./site.ts"

/** Why an exchange is ended from here. */
export type Ending = "no answer" | "silence" | "not welcome"

/** What one exchange tells the warden while it lasts. */
export interface Watch {
  /** the request is with the app: from now on it has so long to answer */
  sent(): void
  answered(): void
  /** something was said by either side */
  heard(): void
  /** the exchange is over */
  close(): void
}

export interface Warden {
  open(who: Visitor, end: (why: Ending) => void): Watch
  /** asks now whether these visitors may stay */
  recheck(concerned: (who: Visitor) => boolean): void
  close(): void
}

interface Visitor {
  /** the name under which it was found */
  host: string
  site: Site
  /** of a private site */
  viewer: Viewer | undefined
}

interface WardenParts {
  /** what a host has now, whatever was known before */
  find(host: string): Promise<Site | undefined>
  access: Pick<SiteAccess, "maySee">
  clock: Clock
  limits: Pick<GatewayLimits, "firstByteMs" | "silenceMs" | "recheckMs">
}

interface Exchange extends Visitor {
  end(why: Ending): void
  answerBy: number
  heardAt: number
  askAt: number
}

/**
 * Ends exchanges whose app does not answer, in which nobody says anything, or whose visitor may not
 * look any more: signed out, not a member any more, or the site was made private or deleted.
 *
 * One timer looks at all of them: most exchanges are over long before anything is due. News of a
 * change are not waited for: `recheck` asks at once.
 */
export function makeWarden(parts: WardenParts): Warden {
  const { clock, limits } = parts
  const exchanges = new Set<Exchange>()
  const stop = new AbortController()
  const pauseMs = Math.min(1000, limits.firstByteMs, limits.silenceMs, limits.recheckMs)
  let looking = false
  const lookWhileOpen = async () => {
    looking = true
    while (exchanges.size > 0 && !stop.signal.aborted) {
      await clock.sleep(pauseMs, stop.signal).catch(() => {})
      for (const exchange of exchanges) look(parts, exchange)
    }
    looking = false
  }
  return {
    open({ host, site, viewer }, end) {
      const now = clock.now().getTime()
      const askAt = now + limits.recheckMs
      const never = Number.POSITIVE_INFINITY
      const exchange = { host, site, viewer, end, answerBy: never, heardAt: now, askAt }
      exchanges.add(exchange)
      if (!looking) void lookWhileOpen()
      return {
        sent() {
          exchange.answerBy = clock.now().getTime() + limits.firstByteMs
        },
        answered() {
          exchange.answerBy = never
        },
        heard() {
          exchange.heardAt = clock.now().getTime()
        },
        close: () => exchanges.delete(exchange),
      }
    },
    recheck(concerned) {
      for (const exchange of exchanges) if (concerned(exchange)) ask(parts, exchange)
    },
    close: () => stop.abort(),
  }
}

function look(parts: WardenParts, exchange: Exchange): void {
  const now = parts.clock.now().getTime()
  if (now >= exchange.answerBy) exchange.end("no answer")
  else if (now >= exchange.heardAt + parts.limits.silenceMs) exchange.end("silence")
  else if (now >= exchange.askAt) ask(parts, exchange)
}

function ask(parts: WardenParts, exchange: Exchange): void {
  exchange.askAt = parts.clock.now().getTime() + parts.limits.recheckMs
  void mayStay(parts, exchange).then((welcome) => {
    if (!welcome) exchange.end("not welcome")
  })
}

async function mayStay(
  { find, access }: WardenParts,
  { host, site, viewer }: Exchange,
): Promise<boolean> {
  try {
    const now = await find(host)
    if (!now || !isSameSite(site, now)) return false
    if (now.visibility === "public") return true
    return viewer !== undefined && (await access.maySee(site.ref, viewer))
  } catch {
    // While nobody can be asked, only what was open to everybody stays so.
    return site.visibility === "public"
  }
}
