import type { Cgroups } from "@vibecaas/kernel/control-groups"
import type { Caps } from "../../port.ts"
import type { SandboxRung } from "./rung.ts"

export function capsOf(rung: SandboxRung, cgroups: Cgroups, isRoot: boolean): Caps {
  const words = [
    rung.words,
    ...(isRoot && !rung.shared ? ["own uid"] : []),
    rung.shared ? "the host's network" : "no network",
  ]
  return {
    driver: "sandbox",
    isolation: rung.wall,
    rung: rung.name,
    reaches: rung.reaches,
    network: rung.shared,
    // Processes are also limited per user, and disks measured, without control groups.
    limits: { ...cgroups.limits, processes: true, disk: true },
    label: `Sandbox: ${words.join(", ")}`,
  }
}
