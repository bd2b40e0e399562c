import type { Socket } from "node:net"
import type { MuxStream } from "../guest-mux.ts"
import type { AppStatus } from "../guest-replies.ts"
import type { AgentConfig } from "./config.ts"
import type { Paths } from "./paths.ts"

/** What every operation works with. */
export interface Ops {
  config: AgentConfig
  paths: Paths
  app: App
  /** ports of this machine, on a shared network */
  ports: Set<number>
  /** connections at doors that the host has not taken yet, by number */
  waiting: Map<number, Socket>
}

export type GuestRequest =
  | { op: "ping" }
  | ({ op: "exec" } & ExecRequest)
  | { op: "read"; path: string; maxBytes: number }
  | { op: "write" }
  | { op: "remove"; paths: string[] }
  | { op: "scan"; root: string; maxFiles: number }
  | { op: "pack"; root: string }
  | { op: "unpack"; root: string }
  | { op: "connect"; port: number }
  | { op: "freePort" }
  | { op: "door"; port?: number }
  | { op: "take"; connection: number }
  | { op: "useLayer"; name: string; folder: string }
  | { op: "dropLayers"; folder: string }
  | ({ op: "startApp" } & AppRequest)
  | { op: "stopApp"; graceMs: number }
  | { op: "appStatus" }
  | ({ op: "appNews" } & KnownApp)
  | { op: "appLog"; tailBytes: number; newestStart: boolean }
  | { op: "use" }

export interface ExecRequest {
  argv: string[]
  cwd?: string
  env?: Record<string, string>
  timeoutMs: number
  /** each of stdout and stderr; the rest is read and dropped */
  maxOutputBytes: number
}

export interface AppRequest {
  argv: string[]
  cwd: string
  env: Record<string, string>
  port: number
}

/** What somebody knows of the app who waits for it to change. */
export interface KnownApp {
  state: AppStatus["state"]
  startedAt?: string
  /** longest wait; then the answer is what was known already */
  waitMs: number
}

/** The one supervised process of a machine: started, replaced, stopped; its output kept in a ring. */
export interface App {
  start(request: AppRequest): Promise<void>
  /** ends it: asked first by SIGTERM when it is given time, in `ms` */
  stop(how?: { reason?: AppStatus["reason"]; graceMs?: number }): Promise<void>
  status(): Promise<AppStatus>
  /** answers when state or start are not what is known, or after a while */
  news(known: KnownApp): Promise<AppStatus>
  tail(stream: MuxStream, of: { tailBytes: number; newestStart: boolean }): Promise<void>
  /** makes its processes stand still; answers how to let them go on */
  freeze(): () => void
  /** until called with false, `start` is refused */
  block(blocked: boolean): void
}
