import type { ServerResponse } from "node:http"
import { ownPrefix } from "../core/own-paths.ts"
import type { Exchange, GatewayParts } from "./exchange.ts"
import { answerFrame } from "./frame.ts"
import { hostName } from "./host.ts"
import { refuse } from "./refuse.ts"
import { answerReload } from "./reload.ts"
import { passCookie } from "./viewer-cookie.ts"

const statePath = `${ownPrefix}state`

type Arrival = Omit<Exchange, "viewer">

/** Redeems a one-time code: sets the cookie and leads to the address without the code. */
export async function openPreview(parts: GatewayParts, arrival: Arrival): Promise<void> {
  const { request, response, site } = arrival
  if (request.method !== "GET") return refuse(parts, arrival, "bad_request")
  const host = hostName(request.headers.host) ?? ""
  const code = new URL(request.url ?? "", "http://preview").searchParams.get("code") ?? ""
  const opened = await parts.access.redeem(site.ref, { code, host })
  if (!opened) return refuse(parts, arrival, "link_used")
  const scope = { site: site.ref.id, host, now: parts.clock.now() }
  response.writeHead(303, {
    Location: opened.returnTo,
    "Set-Cookie": passCookie(parts.cookieKey, opened.viewer, scope),
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Content-Security-Policy": `frame-ancestors ${parts.dashboardOrigin}`,
    "Content-Length": 0,
  })
  response.end()
}

/** What pages ask the gateway itself: its own while they wait, and those of what people work on. */
export async function answerOwnPath(parts: GatewayParts, exchange: Exchange): Promise<void> {
  if (answerFrame(parts, exchange) || (await answerReload(parts, exchange))) return
  const { request, response, site } = exchange
  const path = request.url?.split("?")[0]
  if (path !== statePath) return json(response, 404, { code: "not_found" })
  const { state, detail } = await site.show()
  json(response, 200, { state, detail })
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  })
  response.end(JSON.stringify(body))
}
