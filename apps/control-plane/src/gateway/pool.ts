import type { Duplex } from "node:stream"
import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import { inTime } from "@vibecaas/kernel/in-time"
import { keyOf } from "./find-site.ts"
import type { GatewayLimits } from "./limits.ts"
import { type Line, makeLine } from "./line.ts"
import type { Site } from "./site.ts"

export interface PoolOptions {
  clock: Clock
  limits: Pick<GatewayLimits, "connectionsPerSite" | "connectMs" | "answerHeaderBytesMax">
}

/** Streams to apps: kept between requests, counted, and never shared between two sites. */
export interface Pool {
  /**
   * A line that nobody else has; `fresh`: a new one.
   *
   * @throws Fault when nothing answers
   */
  take(site: Site, options?: { fresh: boolean }): Promise<Line>
  /** gives a line back whose exchange is over; one that may not carry another is closed */
  giveBack(site: Site, line: Line): void
  /** a stream of one's own, for a WebSocket */
  connect(site: Site): Promise<Duplex>
  /** takes one of the site's places; answers how to give it back, `undefined` when all are taken */
  enter(site: Site): (() => void) | undefined
  close(): void
}

interface Places {
  /** since when, in `ms`; the one that was used last is the last */
  idle: { line: Line; since: number }[]
  taken: number
}

export function makePool(options: PoolOptions): Pool {
  const { clock } = options
  const sites = new Map<string, Places>()
  const over = new AbortController()
  let sweeping = false
  const sweepWhileIdle = async () => {
    sweeping = true
    while (closeOld(sites, clock.now().getTime() - idleMs) > 0 && !over.signal.aborted) {
      await clock.sleep(idleMs, over.signal).catch(() => {})
    }
    sweeping = false
  }
  const placesOf = (site: Site): Places => {
    const key = keyOf(site)
    const known = sites.get(key)
    if (known) return known
    if (sites.size >= sitesMax) forgetIdle(sites)
    const made = { idle: [], taken: 0 }
    sites.set(key, made)
    return made
  }
  return {
    async take(site, { fresh } = { fresh: false }) {
      const { idle } = placesOf(site)
      for (let last = fresh ? undefined : idle.pop(); last; last = idle.pop()) {
        if (last.line.open && clock.now().getTime() - last.since < idleMs) return last.line
        last.line.destroy()
      }
      return makeLine(await connectInTime(options, site), options.limits.answerHeaderBytesMax)
    },
    giveBack(site, line) {
      const { idle } = placesOf(site)
      if (!line.rest() || over.signal.aborted || idle.length >= idleMax) return line.destroy()
      idle.push({ line, since: clock.now().getTime() })
      if (!sweeping) void sweepWhileIdle()
    },
    connect: (site) => connectInTime(options, site),
    enter(site) {
      const places = placesOf(site)
      if (places.taken >= options.limits.connectionsPerSite) return undefined
      places.taken += 1
      let here = true
      return () => {
        if (here) places.taken -= 1
        here = false
      }
    },
    close() {
      over.abort()
      for (const { idle } of sites.values()) for (const { line } of idle) line.destroy()
      sites.clear()
    },
  }
}

const sitesMax = 500
/** kept open for one site while nobody uses them */
const idleMax = 64
/** a little less than what Node's own server waits */
const idleMs = 4000

function forgetIdle(sites: Map<string, Places>): void {
  for (const [key, { idle, taken }] of sites) {
    if (taken > 0) continue
    for (const { line } of idle) line.destroy()
    sites.delete(key)
  }
}

/** Closes lines that nobody has used since a moment, or that the app closed; tells how many are left. */
function closeOld(sites: Map<string, Places>, before: number): number {
  let left = 0
  for (const places of sites.values()) {
    const isYoung = ({ line, since }: Places["idle"][number]) => line.open && since > before
    for (const kept of places.idle) if (!isYoung(kept)) kept.line.destroy()
    places.idle = places.idle.filter(isYoung)
    left += places.idle.length
  }
  return left
}

async function connectInTime({ clock, limits }: PoolOptions, site: Site): Promise<Duplex> {
  const connecting = site.connect()
  try {
    const stream = await inTime({ clock, ms: limits.connectMs }, connecting, () => {
      throw fault("app_unavailable", { say: "The app did not accept a connection in time." })
    })
    // When the app ends its side, the stream is over: kept half open, it would swallow a request.
    stream.allowHalfOpen = false
    return stream
  } catch (error) {
    connecting.then(
      (unused) => unused.destroy(),
      () => {},
    )
    throw error
  }
}
