import type { IncomingMessage, ServerResponse } from "node:http"
import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import type { Client } from "./headers.ts"
import type { GatewayLimits } from "./limits.ts"
import type { Pool } from "./pool.ts"
import type { Site, SiteAccess, Viewer } from "./site.ts"
import type { Warden } from "./warden.ts"

/** What every part of the gateway works with. */
export interface GatewayParts {
  access: SiteAccess
  pool: Pool
  warden: Warden
  clock: Clock
  log: Log
  limits: GatewayLimits
  /** where people sign in and see what is theirs, e.g. `http://localhost:3000` */
  dashboardOrigin: string
  /** signs the cookies of private sites; at least 32 bytes */
  cookieKey: Uint8Array
  /** who asks, as far as proxies in front are trusted */
  clientOf(request: IncomingMessage): Client
}

/** One request to a site by somebody who may see it. */
export interface Visit {
  request: IncomingMessage
  site: Site
  /** the name under which it was found */
  host: string
  client: Client
  /** who looks at a private site */
  viewer: Viewer | undefined
}

export interface Exchange extends Visit {
  response: ServerResponse
  /** names the start of the program whose page this opens, if the page is to hear of the next one */
  start?: string | undefined
  /** the dashboard shows the page in a frame, and is to hear of it */
  framed?: boolean
}
