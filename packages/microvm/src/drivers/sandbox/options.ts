import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"

export type RungName = "bubblewrap" | "unshare" | "uid" | "none"

export interface SandboxOptions {
  /**
   * directory of our own for sockets, records and staged programs; short, because the path of a
   * socket has at most 107 bytes; every directory above it must be passable for other users
   */
  stateDir: string
  /** all data directories lie below it; started by root, only root may write to it */
  dataRoot: string
  /** the Node that runs in machines */
  nodePath: string
  clock: Clock
  log: Log
  /** who may connect to machines when that is not us: the server, when root launches for it */
  owner?: { uid: number; gid: number }
  /** started by root, each live machine runs under a uid of its own out of these */
  uidRange?: { first: number; count: number }
  /** the two lower rungs may be used */
  allowWeak?: boolean
  /** code that we did not write may run on the lowest rung */
  allowNoIsolation?: boolean
  /** refuses the two lower rungs, whatever else is set */
  requireIsolation?: boolean
  /** only these are tried; all by default */
  rungs?: RungName[]
  /** control group below which machines get theirs, as a path inside the hierarchy */
  cgroupParent?: string
  /** pause between two measurements of a machine's disk */
  diskCheckMs?: number
  /** processes and threads of one machine */
  processesMax?: number
}

/** The options with every default in place. */
export type Settings = Required<Omit<SandboxOptions, "owner" | "cgroupParent">> &
  Pick<SandboxOptions, "owner" | "cgroupParent">

export function settingsOf(options: SandboxOptions): Settings {
  return {
    uidRange: { first: 210_000, count: 1000 },
    allowWeak: false,
    allowNoIsolation: false,
    requireIsolation: false,
    rungs: ["bubblewrap", "unshare", "uid", "none"],
    diskCheckMs: 2000,
    processesMax: 512,
    ...options,
  }
}

export const startedByRoot = (): boolean => process.getuid?.() === 0
