import type { Duplex } from "node:stream"
import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import { z } from "zod"

const mebi = 1024 * 1024
const imageName = /^[a-z0-9][a-z0-9._-]{0,79}$/
const hostNames = z.array(z.string().max(253)).max(200)

/**
 * A machine is a place of its own where one project's code runs; a driver makes machines.
 *
 * A driver gives a machine and one byte stream to the agent inside it. Commands, files, ports and
 * logs are the guest protocol above that stream (`connectGuest`), the same for every driver. It
 * goes by machine id alone: where on a host things lie is the driver's own affair.
 */
export const vmSpecSchema = z.strictObject({
  /** `vm_` and a UUIDv7 in Crockford base 32 */
  id: z.string().regex(/^vm_[0-9a-hjkmnp-tv-z]{26}$/),
  /** whole processors the machine may use */
  cpuCount: z.int().min(1).max(64),
  memoryMiB: z.int().min(64).max(mebi),
  /** most that /data may hold */
  diskMiB: z
    .int()
    .min(1)
    .max(16 * mebi),
  /** `blueprint`: code that we wrote; `untrusted`: code of a model or a person */
  trust: z.enum(["blueprint", "untrusted"]),
  /** name of one of the driver's images; its only one when absent */
  image: z.string().regex(imageName).exactOptional(),
  /**
   * of a machine for one task: it is in no list, and at the latest after so long, in `ms`, it is ended
   * and its data are gone
   */
  endsAfterMs: z
    .int()
    .min(1000)
    .max(60 * 60_000)
    .exactOptional(),
  /** what the machine may reach by itself: every public address, or named hosts; nothing when absent */
  egress: z.union([z.literal("open"), z.strictObject({ allow: hostNames })]).exactOptional(),
})
export type VmSpec = z.infer<typeof vmSpecSchema>
export type Egress = NonNullable<VmSpec["egress"]>

/** A machine on one rung of its driver. */
export interface BootOrder extends VmSpec {
  /** name of one of the driver's rungs */
  rung: string
}

export interface VmDriver {
  readonly name: string
  /** how machines can be walled off here; which one is used is the ladder's decision */
  readonly rungs: readonly Rung[]
  /** Idempotent by id: a live machine of that id is adopted as it is. */
  boot(order: BootOrder): Promise<Vm>
  find(id: string): Promise<Vm | undefined>
  /** The machines of this driver on this host: never all that there are. */
  list(): Promise<string[]>
  /**
   * Resolves when it was seen that no process, control group or run-time directory is left, also
   * when there was nothing. The machine's data stay.
   */
  destroy(id: string): Promise<void>
  /** Removes the data of a machine that does not live; data that are gone are fine. */
  deleteData(id: string): Promise<void>
  /** Ends every machine. */
  close(): Promise<void>
  /** What only some drivers can do. */
  readonly images?: Images
  readonly egress?: { set(id: string, egress: Egress | undefined): Promise<void> }
  readonly pausing?: Pausing
  readonly snapshots?: Snapshots
  /** Boots a copy of a live machine: its disk, with processes of its own. */
  readonly clone?: (id: string, order: BootOrder) => Promise<Vm>
}

export interface Images {
  list(): Promise<{ name: string; bytes: number; builtAt: Date }[]>
}

/** A paused machine keeps its memory and uses no processor. */
export interface Pausing {
  pause(id: string): Promise<void>
  resume(id: string): Promise<void>
}

/** What a machine was at one moment, kept apart from it. */
export interface Snapshots {
  /** @param name chosen by the caller, unique on this host */
  take(id: string, name: string): Promise<void>
  restore(name: string, order: BootOrder): Promise<Vm>
  list(): Promise<string[]>
  remove(name: string): Promise<void>
}

export interface Vm {
  readonly id: string
  readonly caps: Caps
  /** One byte stream to the agent; closing it leaves the machine up. */
  connect(): Promise<Duplex>
  /**
   * One connection to a port of the machine without the agent's frames around it; absent where the
   * driver has no such way.
   *
   * @throws Fault `port_closed`, `guest_silent`
   */
  readonly connectPort?: (port: number) => Promise<Duplex>
  /** where a process on the same host can open these streams by itself; absent when it cannot */
  readonly near?: { agentSocket: string }
  alive(): Promise<boolean>
}

/** How much there is between a machine and its host. */
export type Wall = Caps["isolation"]

/** One way of a driver to wall machines off. */
export interface Rung {
  name: string
  wall: Wall
  /** nothing, or why it cannot work here, seen without booting */
  lacks(): string | undefined
  /** what would make it work, continuing "To have it:"; absent when nobody should want it */
  remedy?: string
}

/** What isolation is really in force. */
export const capsSchema = z.object({
  driver: z.string(),
  isolation: z.enum(["vm", "process", "uid", "none"]),
  /** which of the driver's rungs, e.g. `bubblewrap` */
  rung: z.string(),
  /** sentences: what an app can reach */
  reaches: z.array(z.string()),
  /** true when the machine shares the host's network: the app's port must then be a free one */
  network: z.boolean(),
  limits: z.record(z.enum(["memory", "processes", "cpu", "disk"]), z.boolean()),
  /** e.g. `Sandbox: bubblewrap, own uid, no network` */
  label: z.string(),
})
export type Caps = z.infer<typeof capsSchema>

/** What every driver is opened with. */
export interface DriverOptions {
  /**
   * for sockets, records and staged programs; short, because the path of a socket has at most 107
   * bytes; every directory above it must be passable for other users
   */
  stateDir: string
  /** what outlives machines lies below it; started by root, only root may write to it */
  dataRoot: string
  /** the Node that runs in machines */
  nodePath: string
  /** layers that machines see, each below its name, and cannot write to; drivers need not show them */
  layersDir?: string
  clock: Clock
  log: Log
  /** who may connect to machines when that is not us: the server, when root launches for it */
  owner?: { uid: number; gid: number }
}

/** Opens a driver on this host. @throws Fault `state_dir_in_use` */
export type OpenDriver = (options: DriverOptions) => Promise<VmDriver>
