import type { BetterAuthOptions } from "better-auth"
import type { Database } from "../../db/tenant.ts"
import { ensureAdmin } from "../auth/admin.ts"
import { sessionCookieName } from "../auth/session-cookie.ts"
import { makeSessions, type SessionChange } from "../auth/sessions.ts"
import { makeSignIn } from "../auth/sign-in.ts"
import { makeOwners } from "../owners.ts"
import { memoryRateLimiter, type RateLimiter } from "../rate-limit.ts"
import { type HttpServer, makeServer, type ServerParts } from "../server.ts"
import { makeFeed, type ReadFeed } from "../stream/feed.ts"
import { makeLiveStream } from "../stream/live-stream.ts"

/** What PostgreSQL tells this process; see `db/listen.ts`. */
export interface News {
  on(channel: string, hear: (payload: string) => void): void
  onState(told: (hearing: boolean) => void): void
  start(): void
  close(): Promise<void>
}

export interface HttpParts
  extends Omit<ServerParts, "findOwner" | "sessions" | "signIn" | "limiter" | "stream"> {
  database: Database
  /** connections of the role that sees the schema `auth` and nothing else */
  authPool: BetterAuthOptions["database"]
  /** at least 32 characters, the same on all replicas; signs session cookies */
  authSecret: string
  listener: News
  readEvents(request: Parameters<ReadFeed>[0] & { limit: number }): ReturnType<ReadFeed>
  /** shared by replicas if given; else counted in this process */
  limiter?: RateLimiter
}

export interface StartedHttp extends HttpServer {
  /** makes the installation's administrator unless there is one with that address */
  ensureAdmin(admin: { email: string; password: string }): ReturnType<typeof ensureAdmin>
}

/** Events read from a topic at once. */
const pageLimit = 200

/** The HTTP stack as `main/` wires it, without the processes around it. */
export async function startHttp(parts: HttpParts): Promise<StartedHttp> {
  const { database, listener, config } = parts
  const [publicUrl] = config.origins
  const cookie = { name: sessionCookieName(publicUrl), secret: parts.authSecret }
  const findOwner = makeOwners(database)
  const sessions = makeSessions({ ...parts, db: database, cookie })
  const signIn = makeSignIn({ ...parts, pool: parts.authPool, secret: parts.authSecret, publicUrl })
  const feed = makeFeed({
    ...parts,
    read: (request) => parts.readEvents({ ...request, limit: pageLimit }),
  })
  const stream = makeLiveStream({ ...parts, ...config, sessions, findOwner, feed })
  const changed = (change: SessionChange) => {
    sessions.forget(change)
    stream.recheck(change)
  }
  listener.on("live", (topic) => feed.wake(topic))
  listener.on("sessions", (payload) => changed(readChange(payload)))
  listener.onState((hearing) => {
    sessions.setDeaf(!hearing)
    if (!hearing) return
    feed.wake()
    stream.recheck("all")
  })
  listener.start()
  const limiter = parts.limiter ?? memoryRateLimiter(parts.clock)
  const server = await makeServer({ ...parts, findOwner, sessions, signIn, limiter, stream })
  return {
    ...server,
    ensureAdmin: (admin) => ensureAdmin({ ...parts, db: database, signIn }, admin),
    close: async () => {
      await server.close()
      await listener.close()
    },
  }
}

/** Payloads are `session:<id>` and `user:<id>`; anything else may concern everybody. */
function readChange(payload: string): SessionChange {
  const [what, id] = payload.split(":", 2)
  if (what === "session" && id) return { sessionId: id }
  if (what === "user" && id) return { userId: id }
  return "all"
}
