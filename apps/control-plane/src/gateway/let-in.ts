import type { IncomingMessage, ServerResponse } from "node:http"
import type { GatewayParts } from "./exchange.ts"
import { refuse } from "./refuse.ts"
import type { Site } from "./site.ts"

interface Knock {
  request: IncomingMessage
  response: ServerResponse
  site: Site
}

/**
 * Answers who has not shown yet that they may see a private site. A browser that opens it in a tab is
 * led through the dashboard's session and back to the same address; anybody else is told.
 */
export function letIn(parts: Pick<GatewayParts, "dashboardOrigin">, knock: Knock): void {
  const { request, response, site } = knock
  const door = doorOf(parts.dashboardOrigin, site, request.url ?? "/")
  if (!opensTab(request)) {
    refuse(parts, { ...knock, door }, "private")
    return
  }
  response.writeHead(303, {
    Location: door,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Length": 0,
  })
  response.end()
}

function doorOf(dashboardOrigin: string, { door }: Site, path: string): string {
  const url = new URL(door, dashboardOrigin)
  if (path !== "/") url.searchParams.set("to", path)
  return url.href
}

/** A frame stays where it is: the dashboard would not be shown in it. */
function opensTab({ method, headers }: IncomingMessage): boolean {
  return method === "GET" && headers["sec-fetch-dest"] === "document"
}
