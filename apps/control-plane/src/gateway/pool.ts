import type { Duplex } from "node:stream"
import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import { Client } from "undici"
import { keyOf } from "./find-site.ts"
import type { GatewayLimits } from "./limits.ts"
import type { Site } from "./site.ts"

export interface PoolOptions {
  clock: Clock
  limits: Pick<GatewayLimits, "connectionsPerSite" | "connectMs" | "answerHeaderBytesMax">
}

/** One connection to an app that carries one request at a time, made when it is first needed. */
export interface Line {
  client: Client
  /** whether it is open since an earlier request: the app may be closing it just now */
  reused: boolean
}

/** Streams to apps: kept between requests, counted, and never shared between two sites. */
export interface Pool {
  /** a line that nobody else has; `fresh`: one that is not open yet */
  take(site: Site, options?: { fresh: boolean }): Line
  /** gives a line back whose request is over; one that broke opens itself anew */
  giveBack(site: Site, line: Line): void
  /** a stream of one's own, for a WebSocket */
  connect(site: Site): Promise<Duplex>
  /** takes one of the site's places; answers how to give it back, `undefined` when all are taken */
  enter(site: Site): (() => void) | undefined
  close(): void
}

interface Places {
  idle: Line[]
  taken: number
}

export function makePool(options: PoolOptions): Pool {
  const sites = new Map<string, Places>()
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
    take(site, { fresh } = { fresh: false }) {
      const known = fresh ? undefined : placesOf(site).idle.pop()
      return known ?? makeLine(options, site)
    },
    giveBack(site, line) {
      const { idle } = placesOf(site)
      if (line.reused && idle.length < idleMax) idle.push(line)
      else void line.client.destroy()
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
      for (const { idle } of sites.values()) for (const { client } of idle) void client.destroy()
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
    for (const { client } of idle) void client.destroy()
    sites.delete(key)
  }
}

function makeLine(options: PoolOptions, site: Site): Line {
  const client = new Client("http://app", {
    connect(_where, done) {
      connectInTime(options, site).then(
        // Of a socket only what every byte stream has is used over plain HTTP.
        (stream) => done(null, stream as Parameters<typeof done>[1] & Duplex),
        (error: Error) => done(error, null),
      )
    },
    pipelining: 1,
    keepAliveTimeout: idleMs,
    maxHeaderSize: options.limits.answerHeaderBytesMax,
    // The warden knows how long an exchange may be silent.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  const line = { client, reused: false }
  client.on("disconnect", () => {
    line.reused = false
  })
  return line
}

async function connectInTime(options: PoolOptions, site: Site): Promise<Duplex> {
  const over = new AbortController()
  const late = options.clock.sleep(options.limits.connectMs, over.signal).then(
    () => {
      throw fault("app_unavailable", { say: "The app did not accept a connection in time." })
    },
    () => never,
  )
  const connecting = site.connect()
  try {
    const stream = await Promise.race([connecting, late])
    // When the app ends its side, the stream is over: kept half open, it would swallow a request.
    stream.allowHalfOpen = false
    return stream
  } catch (error) {
    connecting.then(
      (unused) => unused.destroy(),
      () => {},
    )
    throw error
  } finally {
    over.abort()
  }
}

const never = new Promise<never>(() => {})
