import type { Socket } from "node:net"
import type { Parts } from "../core/ctx.ts"
import type { Limiter } from "../core/limiter.ts"
import type { Vault } from "../secrets/index.ts"

export interface Address {
  address: string
  family: number
}

export interface EgressLimits {
  /** of one machine at a time */
  connectionsMax: number
  /** of a project's machines */
  perMinuteMax: number
  /** until it is connected; between two pieces; from the beginning to the end: in `ms` */
  connectMs: number
  idleMs: number
  wholeMs: number
  /** of one connection, both ways together */
  bytesMax: number
}

const minutes = 60_000
export const egressLimits: EgressLimits = {
  ...{ connectionsMax: 64, perMinuteMax: 300 },
  ...{ connectMs: 10_000, idleMs: 5 * minutes, wholeMs: 60 * minutes },
  bytesMax: 1024 * 1024 * 1024,
}

export interface NetworkParts extends Parts {
  /** keeps what services are asked with */
  vault: Vault
  /** all addresses of a host */
  resolve(host: string): Promise<readonly Address[]>
  /** begins to connect */
  dial(to: Address, port: number): Socket
  /** certificates that services are trusted by, instead of the well-known ones */
  ca?: string
  /** domains of the platform itself, and addresses of the computer it runs on */
  own: { domains: readonly string[]; addresses(): readonly string[] }
  /** counts connections by project */
  limiter: Limiter
  limits: EgressLimits
}
