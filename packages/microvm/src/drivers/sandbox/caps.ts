import type { Caps } from "../../port.ts"
import type { Cgroups } from "./cgroup.ts"
import type { Rung } from "./rung.ts"

export function capsOf(rung: Rung, cgroups: Cgroups, isRoot: boolean): Caps {
  const sharesNetwork = rung.weak
  const words = [
    rung.wall,
    ...(isRoot && !rung.weak ? ["own uid"] : []),
    sharesNetwork ? "the host's network" : "no network",
  ]
  return {
    driver: "sandbox",
    isolation: rung.isolation,
    rung: rung.name,
    reaches: rung.reaches,
    network: sharesNetwork,
    // Processes are also limited per user, and disks measured, without control groups.
    limits: { ...cgroups.limits, processes: true, disk: true },
    label: `Sandbox: ${words.join(", ")}`,
  }
}
