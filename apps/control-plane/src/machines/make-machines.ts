import { bestEffort } from "@vibecaas/kernel/log"
import type { Kind } from "../core/kind.ts"
import { actAsPlatform } from "../core/resource.ts"
import { type LiveMachines, makeLiveMachines } from "./live-machines.ts"
import { machineLoop } from "./machine-loop.ts"
import type { MachinesParts } from "./parts.ts"
import { machineHandlers } from "./routes.ts"

export interface Machines {
  kind: Kind<"machines">
  /** this process's sessions with machines, for kinds that run something on them */
  live: LiveMachines
  /** ends this process's sessions; the machines stay up */
  close(): void
}

export function makeMachines(options: MachinesParts): Machines {
  const live = makeLiveMachines({
    fleet: options.fleet,
    clock: options.clock,
    // Best effort: when the database is away, the sweep will see it.
    lost: ({ id, organizationId }) =>
      void bestEffort(options.log, "wake a machine's loop", () =>
        actAsPlatform(options, { organizationId }, async (ctx) => ctx.wake("machines", id)),
      ),
  })
  return {
    kind: { handlers: machineHandlers(live), loops: [machineLoop({ ...options, live })] },
    live,
    close: () => live.close(),
  }
}
