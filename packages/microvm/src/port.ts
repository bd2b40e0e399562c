import type { Duplex } from "node:stream"

/**
 * A machine is a place of its own where one project's code runs; a driver makes machines.
 *
 * A driver gives a machine and one byte stream to the agent inside it. Commands, files, ports and
 * logs are the guest protocol above that stream (`connectGuest`), the same for every driver.
 */
export interface VmSpec {
  /** `vm_` and a UUIDv7 in base 32 */
  id: string
  /** whole processors the machine may use */
  cpuCount: number
  memoryMiB: number
  /** most that /data may hold */
  diskMiB: number
  /** host directory kept between boots, mounted at /data; below the driver's data root */
  dataDir: string
  /** `blueprint`: code that we wrote; `untrusted`: code of a model or a person */
  trust: "blueprint" | "untrusted"
}

export interface VmDriver {
  readonly name: string
  /** Proves by really booting what this machine can do; slow, to be cached by the caller. */
  probe(signal?: AbortSignal): Promise<Caps>
  /** Idempotent by id: a live machine of that id is adopted as it is. */
  boot(spec: VmSpec): Promise<Vm>
  find(id: string): Promise<Vm | undefined>
  list(): Promise<string[]>
  /**
   * Resolves when it was seen that no process, control group or run-time directory is left, also
   * when there was nothing. The data directory stays.
   */
  destroy(id: string): Promise<void>
  /** Removes a data directory that no live machine uses; one that is gone is fine. */
  deleteData(dataDir: string): Promise<void>
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
  alive(): Promise<boolean>
}

/** What isolation is really in force. */
export interface Caps {
  driver: string
  isolation: "vm" | "process" | "uid" | "none"
  /** which step of the driver's ladder, e.g. `bubblewrap` */
  rung: string
  /** sentences: what an app can reach */
  reaches: string[]
  /** true when the machine shares the host's network: the app's port must then be a free one */
  network: boolean
  limits: { memory: boolean; processes: boolean; cpu: boolean; disk: boolean }
  /** e.g. `Sandbox: bubblewrap, own uid, no network` */
  label: string
}

/** `vm_` and 26 characters of Crockford base 32. */
export const vmIdPattern = /^vm_[0-9a-hjkmnp-tv-z]{26}$/
