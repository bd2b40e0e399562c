import type { FindOwner } from "../http/access.ts"
import { makeFeed } from "../http/stream/feed.ts"
import { type LiveStream, makeLiveStream } from "../http/stream/live-stream.ts"
import { readEvents } from "../live/index.ts"
import type { Foundations } from "./foundations.ts"
import { type People, sessionChangeOf } from "./people.ts"

/** events read at once for one topic */
const eventsMax = 200

/** The live stream, fed by what the database tells; while it tells nothing, nothing is remembered. */
export function makeLiveNews(
  foundations: Foundations,
  parts: { people: People; origins: readonly string[]; findOwner: FindOwner },
): LiveStream {
  const { clock, log, listener } = foundations
  const { sessions } = parts.people
  const feed = makeFeed({
    read: (request) => readEvents(foundations.database, { ...request, limit: eventsMax }),
    clock,
    log,
  })
  const stream = makeLiveStream({ ...parts, sessions, feed, clock, log })
  listener.on("live", (topic) => feed.wake(topic))
  listener.on("sessions", (payload) => {
    const change = sessionChangeOf(payload)
    sessions.forget(change)
    stream.recheck(change)
  })
  listener.onState((hearing) => {
    sessions.setDeaf(!hearing)
    if (!hearing) return
    feed.wake()
    stream.recheck("all")
  })
  return stream
}
