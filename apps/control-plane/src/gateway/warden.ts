import type { Clock } from "@vibecaas/kernel/clock"
import type { GatewayLimits } from "./limits.ts"
import type { Previews, PreviewTarget, Viewer } from "./previews.ts"

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
  target: PreviewTarget
  /** of a private preview */
  viewer: Viewer | undefined
}

interface WardenParts {
  previews: Pick<Previews, "find" | "maySee">
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
 * look any more: signed out, not a member any more, or the preview was made private or deleted.
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
    open({ target, viewer }, end) {
      const now = clock.now().getTime()
      const askAt = now + limits.recheckMs
      const never = Number.POSITIVE_INFINITY
      const exchange = { target, viewer, end, answerBy: never, heardAt: now, askAt }
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

function ask({ previews, clock, limits }: WardenParts, exchange: Exchange): void {
  exchange.askAt = clock.now().getTime() + limits.recheckMs
  void mayStay(previews, exchange).then((welcome) => {
    if (!welcome) exchange.end("not welcome")
  })
}

async function mayStay(
  previews: Pick<Previews, "find" | "maySee">,
  { target, viewer }: Exchange,
): Promise<boolean> {
  try {
    const now = await previews.find(target.slug)
    if (now?.projectId !== target.projectId) return false
    if (now.preview === "public") return true
    return viewer !== undefined && (await previews.maySee(target, viewer))
  } catch {
    // While nobody can be asked, only what was open to everybody stays so.
    return target.preview === "public"
  }
}
