import type { Listener } from "@vibecaas/reconcile/listen"
import type { BetterAuthOptions } from "better-auth"
import type { Database } from "../db/tenant.ts"
import { ensureAdmin } from "./auth/admin.ts"
import { sessionCookieName } from "./auth/session-cookie.ts"
import { makeSessions, type SessionChange, type Sessions } from "./auth/sessions.ts"
import { makeSignIn } from "./auth/sign-in.ts"
import type { Gateway } from "./dispatch.ts"
import { makeOwners } from "./owners.ts"
import { type HttpServer, makeServer, type ServerParts } from "./server.ts"
import { type Feed, makeFeed, type ReadFeed } from "./stream/feed.ts"
import { type LiveStream, makeLiveStream } from "./stream/live-stream.ts"

export interface HttpParts
  extends Omit<ServerParts, "findOwner" | "sessions" | "signIn" | "stream"> {
  database: Database
  /** connections of the role that sees the schema `auth` and nothing else */
  authPool: BetterAuthOptions["database"]
  /** at least 32 characters, the same on all replicas; signs session cookies */
  authSecret: string
  /** what PostgreSQL tells this process; started by whoever made it, once this is assembled */
  listener: Pick<Listener, "on" | "onState">
  readEvents(request: Parameters<ReadFeed>[0] & { limit: number }): ReturnType<ReadFeed>
}

export interface AssembledHttp extends HttpServer {
  /** makes the installation's administrator unless there is one with that address */
  ensureAdmin(admin: { email: string; password: string }): ReturnType<typeof ensureAdmin>
}

/** events read from a topic at once */
const pageLimit = 200

/** The HTTP stack with its sign-in and live stream, as production runs it and tests meet it. */
export async function assembleHttp(parts: HttpParts): Promise<AssembledHttp> {
  const { database: db, config } = parts
  const [publicUrl] = config.origins
  const cookie = { name: sessionCookieName(publicUrl), secret: parts.authSecret }
  const findOwner = makeOwners(db)
  const sessions = makeSessions({ ...parts, db, cookie })
  const signIn = makeSignIn({ ...parts, pool: parts.authPool, secret: parts.authSecret, publicUrl })
  const feed = makeFeed({
    ...parts,
    read: (request) => parts.readEvents({ ...request, limit: pageLimit }),
  })
  const stream = makeLiveStream({ ...parts, ...config, sessions, findOwner, feed })
  hearNews(parts.listener, { sessions, feed, stream, gateway: parts.gateway })
  const server = await makeServer({ ...parts, findOwner, sessions, signIn, stream })
  return { ...server, ensureAdmin: (admin) => ensureAdmin({ ...parts, db, signIn }, admin) }
}

/** What was committed wakes readers; while nothing is heard, nothing is remembered. */
function hearNews(
  listener: HttpParts["listener"],
  told: { sessions: Sessions; feed: Feed; stream: LiveStream; gateway: Gateway | undefined },
): void {
  const { sessions, feed, stream, gateway } = told
  listener.on("live", (topic) => feed.wake(topic))
  listener.on("sessions", (payload) => {
    const change = readChange(payload)
    sessions.forget(change)
    stream.recheck(change)
    gateway?.recheck(change)
  })
  listener.on("previews", (slug) => gateway?.recheck({ host: slug }))
  listener.onState((hearing) => {
    sessions.setDeaf(!hearing)
    if (!hearing) return
    feed.wake()
    stream.recheck("all")
    gateway?.recheck("all")
  })
}

/** Payloads are `session:<id>` and `user:<id>`; anything else may concern everybody. */
function readChange(payload: string): SessionChange {
  const [what, id] = payload.split(":", 2)
  if (what === "session" && id) return { sessionId: id }
  if (what === "user" && id) return { userId: id }
  return "all"
}
