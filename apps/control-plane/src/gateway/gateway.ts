import type { IncomingMessage, ServerResponse } from "node:http"
import type { Duplex } from "node:stream"
import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import { concerns, type SessionChange } from "../http/auth/sessions.ts"
import { type Admissions, makeAdmissions } from "./admission.ts"
import type { GatewayParts } from "./exchange.ts"
import { findTarget, type TargetLookup } from "./find-target.ts"
import type { Client } from "./headers.ts"
import { slugOfHost } from "./host.ts"
import { defaultLimits, type GatewayLimits } from "./limits.ts"
import { answerOwnPath, openPath, openPreview, ownPrefix } from "./own-paths.ts"
import { makePool } from "./pool.ts"
import type { PreviewChange, Previews, Viewer } from "./previews.ts"
import { proxyHttp } from "./proxy-http.ts"
import { proxyWebSocket, refuseUpgrade } from "./proxy-websocket.ts"
import { refuse } from "./refuse.ts"
import { makeWarden } from "./warden.ts"

export interface GatewayOptions {
  previews: Previews
  /** the domain below which projects have their names, e.g. `preview.localhost` */
  appsDomain: string
  /** where people sign in, e.g. `http://localhost:3000`: the only place that may frame an app */
  dashboardOrigin: string
  /** signs the cookies of private previews; at least 32 bytes */
  cookieKey: Uint8Array
  clientOf(request: IncomingMessage): Client
  clock: Clock
  log: Log
  limits?: Partial<GatewayLimits>
}

/** The door to people's apps: one host per project, nothing of the platform behind it. */
export interface Gateway {
  /** whether a `Host` header names the apps' domain or something below it */
  owns(host: string | undefined): boolean
  request(request: IncomingMessage, response: ServerResponse): void
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** asks again, now, whether those whom a change concerns may look; ends what they may not see */
  recheck(change: PreviewChange): void
  close(): void
}

export function makeGateway(options: GatewayOptions): Gateway {
  const limits = { ...defaultLimits, ...options.limits }
  const { previews, clock } = options
  const pool = makePool({
    connect: (target) => previews.connect(target),
    clock,
    connectionsPerProject: limits.connectionsPerProject,
    connectMs: limits.connectMs,
  })
  const warden = makeWarden({ previews, clock, limits })
  const parts: GatewayParts = { ...options, limits, pool, warden }
  const door: Door = {
    parts,
    appsDomain: options.appsDomain,
    targets: findTarget(previews, clock),
    admissions: makeAdmissions(parts),
  }
  return {
    owns: (host) => slugOfHost(host, options.appsDomain) !== undefined,
    request(request, response) {
      answer(door, request, response).catch((error) => {
        options.log.error({ err: error, host: request.headers.host }, "the gateway failed")
        if (response.headersSent) response.destroy()
        else refuse(parts, { request, response }, "busy")
      })
    },
    upgrade(request, socket, head) {
      socket.on("error", () => socket.destroy())
      answerUpgrade(door, request, { socket, head }).catch((error) => {
        options.log.error({ err: error, host: request.headers.host }, "the gateway failed")
        refuseUpgrade(socket, 503)
      })
    },
    recheck: (change) => recheck(door, change),
    close() {
      warden.close()
      pool.close()
    },
  }
}

interface Door {
  parts: GatewayParts
  appsDomain: string
  targets: TargetLookup
  admissions: Admissions
}

function recheck({ targets, admissions, parts }: Door, change: PreviewChange): void {
  if (change !== "all" && "slug" in change) {
    targets.forget(change.slug)
    parts.warden.recheck(({ target }) => target.slug === change.slug)
    return
  }
  if (change === "all") targets.forget("all")
  admissions.forget(change)
  parts.warden.recheck(({ viewer }) => change === "all" || isConcerned(change, viewer))
}

const isConcerned = (change: SessionChange, viewer: Viewer | undefined) =>
  viewer !== undefined && concerns(change, viewer)

async function answer(door: Door, request: IncomingMessage, response: ServerResponse) {
  const { parts } = door
  const asked = { request, response }
  if (!isPlain(request)) return refuse(parts, asked, "bad_request")
  const slug = slugOfHost(request.headers.host, door.appsDomain)
  if (slug === undefined) return refuse(parts, asked, "misdirected")
  const target = slug === "" ? undefined : await door.targets.find(slug)
  if (!target) return refuse(parts, asked, "no_project")
  const arrival = { ...asked, target, client: parts.clientOf(request) }
  const path = request.url?.split("?")[0] ?? ""
  if (path === openPath) return openPreview(parts, arrival)
  const admission = await door.admissions.admit(request, target)
  if (!admission.admitted) return refuse(parts, asked, "private")
  if (path.startsWith(ownPrefix)) return answerOwnPath(parts, arrival)
  return proxyHttp(parts, { ...arrival, viewer: admission.viewer })
}

async function answerUpgrade(
  door: Door,
  request: IncomingMessage,
  line: { socket: Duplex; head: Buffer },
): Promise<void> {
  const { parts } = door
  const { socket } = line
  const websocket = request.headers.upgrade?.toLowerCase() === "websocket"
  if (!isPlain(request) || !websocket || request.method !== "GET") return refuseUpgrade(socket, 400)
  const slug = slugOfHost(request.headers.host, door.appsDomain)
  if (slug === undefined) return refuseUpgrade(socket, 421)
  const target = slug === "" ? undefined : await door.targets.find(slug)
  if (!target || request.url?.startsWith(ownPrefix)) return refuseUpgrade(socket, 404)
  const admission = await door.admissions.admit(request, target)
  if (!admission.admitted) return refuseUpgrade(socket, 401)
  const client = parts.clientOf(request)
  return proxyWebSocket(parts, { request, target, client, viewer: admission.viewer, ...line })
}

/** One host, and a path: nothing that the app could read as another address than we did. */
function isPlain(request: IncomingMessage): boolean {
  const hosts = request.rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === "host")
  return hosts.length === 1 && (request.url ?? "").startsWith("/")
}
