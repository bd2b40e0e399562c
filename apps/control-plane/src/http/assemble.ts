import type { Listener } from "@vibecaas/reconcile/listen"
import type { Database } from "../db/tenant.ts"
import type { Principals, SessionChange } from "./auth/remembered.ts"
import type { Sessions } from "./auth/sessions.ts"
import type { Gateway } from "./dispatch.ts"
import { makePlacesOfObjects } from "./places-of-objects.ts"
import { makeFindRates } from "./plan-rates.ts"
import { type HttpServer, makeServer, type ServerParts } from "./server.ts"
import { type Feed, makeFeed, type ReadFeed } from "./stream/feed.ts"
import { type LiveStream, makeLiveStream } from "./stream/live-stream.ts"

export interface HttpParts
  extends Omit<ServerParts, "findPlace" | "findRates" | "stream" | "keys"> {
  database: Database
  /** what PostgreSQL tells this process; started by whoever made it, once this is assembled */
  listener: Pick<Listener, "on" | "onState">
  /** without it, no API key is known */
  keys?: Principals
  readEvents(request: Parameters<ReadFeed>[0] & { limit: number }): ReturnType<ReadFeed>
}

/** events read from a topic at once */
const pageLimit = 200

/** The HTTP stack with its live stream, as production runs it and tests meet it. */
export async function assembleHttp(parts: HttpParts): Promise<HttpServer> {
  const { config, sessions } = parts
  const places = makePlacesOfObjects(parts.database)
  const findPlace = places.find
  const feed = makeFeed({
    ...parts,
    read: (request) => parts.readEvents({ ...request, limit: pageLimit }),
  })
  const stream = makeLiveStream({ ...parts, ...config, sessions, findPlace, feed })
  // An object that changes hands concerns everybody.
  const forget = (change: SessionChange) => change === "all" && places.forget()
  const known = [sessions, ...(parts.keys ? [parts.keys] : []), { ...places, forget }]
  hearNews(parts.listener, { known, feed, stream, gateway: parts.gateway })
  return makeServer({ ...parts, findPlace, findRates: makeFindRates(parts), stream })
}

/** What was committed wakes readers; while nothing is heard, nothing is remembered. */
function hearNews(
  listener: HttpParts["listener"],
  told: {
    known: readonly Pick<Sessions, "forget" | "setDeaf">[]
    feed: Feed
    stream: LiveStream
    gateway: Gateway | undefined
  },
): void {
  const { known, feed, stream, gateway } = told
  listener.on("live", (topic) => feed.wake(topic))
  listener.on("sessions", (payload) => {
    const change = readChange(payload)
    for (const each of known) each.forget(change)
    stream.recheck(change)
    gateway?.recheck(change)
  })
  listener.on("previews", (slug) => gateway?.recheck({ host: slug }))
  listener.onState((hearing) => {
    for (const each of known) each.setDeaf(!hearing)
    if (!hearing) return
    feed.wake()
    stream.recheck("all")
    gateway?.recheck("all")
  })
}

/** Payloads are `session:<id>` and `user:<id>`, also of a key; anything else may concern everybody. */
function readChange(payload: string): SessionChange {
  const [what, id] = payload.split(":", 2)
  if (what === "session" && id) return { sessionId: id }
  if (what === "user" && id) return { userId: id }
  return "all"
}
