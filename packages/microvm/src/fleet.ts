import { fault } from "@vibecaas/kernel/fault"
import type { VmHost } from "./host.ts"

/** The hosts on which an installation's machines run. */
export interface Fleet {
  readonly hosts: readonly VmHost[]
  /**
   * The host that keeps a machine's data, or where a machine without any goes.
   *
   * @throws Fault `host_unknown`
   */
  hostOf(machine: { hostId: string | null }): VmHost
}

/** @param hosts at least one; a machine that has none yet goes to the first */
export function makeFleet(hosts: readonly [VmHost, ...VmHost[]]): Fleet {
  return {
    hosts,
    hostOf({ hostId }) {
      const host = hostId === null ? hosts[0] : hosts.find(({ id }) => id === hostId)
      if (host) return host
      throw fault("host_unknown", {
        say: "The host that keeps this machine's data does not belong to this installation.",
        note: `host ${hostId}`,
      })
    },
  }
}
