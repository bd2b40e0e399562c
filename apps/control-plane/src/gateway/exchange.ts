import type { IncomingMessage, ServerResponse } from "node:http"
import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import type { Client } from "./headers.ts"
import type { GatewayLimits } from "./limits.ts"
import type { Pool } from "./pool.ts"
import type { Previews, PreviewTarget, Viewer } from "./previews.ts"
import type { Warden } from "./warden.ts"

/** What every part of the gateway works with. */
export interface GatewayParts {
  previews: Previews
  pool: Pool
  warden: Warden
  clock: Clock
  log: Log
  limits: GatewayLimits
  /** where people sign in and see their projects, e.g. `http://localhost:3000` */
  dashboardOrigin: string
  /** signs the cookies of private previews; at least 32 bytes */
  cookieKey: Uint8Array
  /** who asks, as far as proxies in front are trusted */
  clientOf(request: IncomingMessage): Client
}

/** One request to a project's host that may see it. */
export interface Visit {
  request: IncomingMessage
  target: PreviewTarget
  client: Client
  /** who looks at a private preview */
  viewer: Viewer | undefined
}

export interface Exchange extends Visit {
  response: ServerResponse
}
