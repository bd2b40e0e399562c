import { availableParallelism } from "node:os"
import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import type { EngineSet } from "../../engines.ts"
import type { WallName } from "./wall.ts"

export interface Account {
  uid: number
  gid: number
}

export interface LocalOptions {
  /** data, databases and backups lie below it; started by root, only root may write to it */
  dataRoot: string
  /** for sockets and staged programs; short, because the path of a socket has at most 107 bytes */
  stateDir: string
  /** installed engines, `<engine>/<version>` each */
  enginesDir: string
  /** the Node that runs in stores */
  nodePath: string
  engines: EngineSet
  clock: Clock
  log: Log
  /** who may connect to stores and read backups when that is not us: the server, when root launches for it */
  owner?: Account
  /** a PostgreSQL that the operator runs for stores, and a role by which one is told that is not for them */
  postgres?: { url: string; refusesRole: string }
  /** of a system account for a database's server; only root needs it */
  accountFor?: (name: string) => Promise<Account>
  /** started by root, each store has a user of its own out of these */
  uidRange?: { first: number; count: number }
  /** how many stores may be between their start and listening */
  startsAtOnce?: number
  /** a weaker wall than the best that there is */
  wall?: WallName
  /** control group below which stores get theirs, as a path inside the hierarchy */
  cgroupParent?: string
  /** a log is begun anew when it is longer; the one before is kept */
  logBytesMax?: number
}

type Optional = "owner" | "postgres" | "accountFor" | "wall" | "cgroupParent"
export type Settings = Required<Omit<LocalOptions, Optional>> & Pick<LocalOptions, Optional>

export function settingsOf(options: LocalOptions): Settings {
  return {
    uidRange: { first: 220_000, count: 5000 },
    // Booting a shop is work for a processor: two at once on two cores take longer than one by one.
    startsAtOnce: Math.max(1, Math.floor(availableParallelism() / 2)),
    logBytesMax: 5 * 1024 * 1024,
    ...options,
  }
}
