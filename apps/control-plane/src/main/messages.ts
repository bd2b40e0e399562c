import type { Config } from "./config.ts"
import type { Places } from "./places.ts"
import type { Secrets } from "./secrets.ts"

/** Names the machine's own host in rows: the one that the launcher serves. */
export const localHostId = "local"

/** All that the server process is given, over the IPC channel: never in argv or the environment. */
export interface ServerInput {
  config: Config
  places: Places
  secrets: Secrets
  databaseUrls: { app: string; auth: string; queue: string }
}

/** What the supervisor tells the server process. */
export type ToServer = { type: "start"; input: ServerInput } | { type: "stop" } | { type: "ping" }

/** What the server process tells its supervisor. */
export type FromServer =
  | { type: "ready"; admin: { email: string; password: string } | undefined; simulated: string[] }
  | { type: "isolation"; label: string; reaches: string[]; weak: boolean }
  | { type: "failed"; say: string }
  | { type: "alive" }
