import type { IncomingMessage, ServerResponse } from "node:http"
import type { Duplex } from "node:stream"
import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import { openPath, ownPrefix } from "../core/own-paths.ts"
import { concerns, type SessionChange } from "../http/auth/remembered.ts"
import { type Admissions, makeAdmissions } from "./admission.ts"
import type { GatewayParts } from "./exchange.ts"
import { askAll, findSite, type SiteLookup } from "./find-site.ts"
import { type Client, valuesOf } from "./headers.ts"
import { siteOfHost } from "./host.ts"
import { letIn } from "./let-in.ts"
import { defaultLimits, type GatewayLimits } from "./limits.ts"
import { answerOwnPath, openPreview } from "./own-paths.ts"
import { makePool } from "./pool.ts"
import { proxyHttp } from "./proxy-http.ts"
import { proxyWebSocket, refuseUpgrade } from "./proxy-websocket.ts"
import { refuse } from "./refuse.ts"
import type { HostResolver, SiteAccess, SiteChange, Viewer } from "./site.ts"
import { makeWarden } from "./warden.ts"

export interface GatewayOptions {
  /** who knows which host leads where; asked in this order */
  resolvers: readonly HostResolver[]
  access: SiteAccess
  /** the domain below which sites have their names, e.g. `preview.localhost` */
  appsDomain: string
  /** domains whose hosts are found by their whole names, e.g. `stores.localhost` */
  wholeDomains?: readonly string[]
  /** where people sign in, e.g. `http://localhost:3000`: the only place that may frame an app */
  dashboardOrigin: string
  /** signs the cookies of private sites; at least 32 bytes */
  cookieKey: Uint8Array
  clientOf(request: IncomingMessage): Client
  clock: Clock
  log: Log
  limits?: Partial<GatewayLimits>
}

/** The door to people's apps: one host per site, nothing of the platform behind it. */
export interface Gateway {
  /** whether a `Host` header names the apps' domain or something below it */
  owns(host: string | undefined): boolean
  request(request: IncomingMessage, response: ServerResponse): void
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** asks again, now, whether those whom a change concerns may look; ends what they may not see */
  recheck(change: SiteChange): void
  close(): void
}

export function makeGateway(options: GatewayOptions): Gateway {
  const limits = { ...defaultLimits, ...options.limits }
  const { resolvers, clock } = options
  const pool = makePool({ clock, limits })
  const find = (host: string) => askAll(resolvers, host)
  const warden = makeWarden({ ...options, find, limits })
  const parts: GatewayParts = { ...options, limits, pool, warden }
  const { appsDomain, wholeDomains = [] } = options
  const domains = { appsDomain, wholeDomains }
  const door: Door = {
    parts,
    domains,
    sites: findSite(resolvers, clock),
    admissions: makeAdmissions(parts),
  }
  return {
    owns: (host) => siteOfHost(host, domains) !== undefined,
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
  domains: Parameters<typeof siteOfHost>[1]
  sites: SiteLookup
  admissions: Admissions
}

function recheck({ sites, admissions, parts }: Door, change: SiteChange): void {
  if (change !== "all" && "host" in change) {
    sites.forget(change.host)
    parts.warden.recheck(({ host }) => host === change.host)
    return
  }
  if (change === "all") sites.forget("all")
  admissions.forget(change)
  parts.warden.recheck(({ viewer }) => change === "all" || isConcerned(change, viewer))
}

const isConcerned = (change: SessionChange, viewer: Viewer | undefined) =>
  viewer !== undefined && concerns(change, viewer)

async function answer(door: Door, request: IncomingMessage, response: ServerResponse) {
  const { parts } = door
  const asked = { request, response }
  if (!isPlain(request)) return refuse(parts, asked, "bad_request")
  const host = siteOfHost(request.headers.host, door.domains)
  if (host === undefined) return refuse(parts, asked, "misdirected")
  const site = host === "" ? undefined : await door.sites.find(host)
  if (!site) return refuse(parts, asked, "no_site")
  const arrival = { ...asked, host, site, client: parts.clientOf(request) }
  const path = request.url?.split("?")[0] ?? ""
  if (path === openPath) return openPreview(parts, arrival)
  const admission = await door.admissions.admit(request, site)
  if (!admission.admitted) return letIn(parts, { ...asked, site })
  const exchange = { ...arrival, viewer: admission.viewer }
  if (path.startsWith(ownPrefix)) return answerOwnPath(parts, exchange)
  return proxyHttp(parts, exchange)
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
  const host = siteOfHost(request.headers.host, door.domains)
  if (host === undefined) return refuseUpgrade(socket, 421)
  const site = host === "" ? undefined : await door.sites.find(host)
  if (!site || request.url?.startsWith(ownPrefix)) return refuseUpgrade(socket, 404)
  const admission = await door.admissions.admit(request, site)
  if (!admission.admitted) return refuseUpgrade(socket, 401)
  const client = parts.clientOf(request)
  return proxyWebSocket(parts, { request, host, site, client, viewer: admission.viewer, ...line })
}

/** One host, and a path: nothing that the app could read as another address than we did. */
function isPlain({ rawHeaders, url = "" }: IncomingMessage): boolean {
  return valuesOf(rawHeaders, "host").length === 1 && url.startsWith("/")
}
