import type { IncomingMessage } from "node:http"
import { fault } from "@vibecaas/kernel/fault"
import {
  canHoldPrivatePreviews,
  type Gateway,
  type HostResolver,
  makeGateway,
  type SiteAccess,
} from "../gateway/index.ts"
import type { Config } from "./config.ts"
import type { Foundations } from "./foundations.ts"
import type { ServerInput } from "./messages.ts"

/** The address of a project's preview: on the port and protocol by which people reach the dashboard. */
export function previewUrlOf(config: Config): (slug: string) => string {
  const { protocol, port } = new URL(config.publicUrl)
  return (slug) => `${protocol}//${slug}.${config.appsDomain}${port ? `:${port}` : ""}`
}

/** The address of a whole host name, on the same port and protocol. */
export function hostUrlOf(config: Config): (host: string) => string {
  const { protocol, port } = new URL(config.publicUrl)
  return (host) => `${protocol}//${host}${port ? `:${port}` : ""}`
}

export function makeAppsGateway(
  { input, foundations }: { input: ServerInput; foundations: Foundations },
  sites: { resolvers: readonly HostResolver[]; access: SiteAccess },
): Gateway {
  const { config, secrets } = input
  const protocol = new URL(config.publicUrl).protocol === "https:" ? "https" : "http"
  if (!canHoldPrivatePreviews({ protocol, appsDomain: config.appsDomain })) {
    throw fault("invalid", {
      say: `VIBECAAS_APPS_DOMAIN: private previews below ${config.appsDomain} need https in VIBECAAS_PUBLIC_URL.`,
    })
  }
  return makeGateway({
    ...sites,
    appsDomain: config.appsDomain,
    wholeDomains: [config.stores.domain],
    dashboardOrigin: config.publicUrl,
    cookieKey: Buffer.from(secrets.previewSecret, "hex"),
    clientOf: (request) => clientOf(request, { proxies: config.proxies, protocol }),
    clock: foundations.clock,
    log: foundations.log,
  })
}

/** The proxy's word counts only where it is trusted; it writes the last address. */
function clientOf(request: IncomingMessage, trust: { proxies: 0 | 1; protocol: "http" | "https" }) {
  const peer = request.socket.remoteAddress ?? ""
  const claimed = String(request.headers["x-forwarded-for"] ?? "")
    .split(",")
    .at(-1)
    ?.trim()
  return { ip: trust.proxies > 0 && claimed ? claimed : peer, protocol: trust.protocol }
}
