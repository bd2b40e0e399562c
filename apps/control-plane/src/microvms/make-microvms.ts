import { bestEffort } from "@vibecaas/kernel/log"
import type { LoopDefinition } from "@vibecaas/reconcile/loop"
import type { Kind } from "../core/kind.ts"
import { dueRows } from "../db/named-functions.ts"
import { makeLiveMachines } from "./live-machines.ts"
import type { Machines } from "./machines.ts"
import { makeMachines } from "./make-machines.ts"
import { inScope, type LoopParts, type MicrovmsParts } from "./parts.ts"
import { makePreviewAccess } from "./preview-access.ts"
import { makeProjectSites } from "./project-sites.ts"
import { findOrphans, reapOrphans } from "./reap.ts"
import { giveUp, reconcileMicrovm } from "./reconcile-microvm.ts"
import { microvmHandlers } from "./routes.ts"

export interface Microvms {
  kind: Kind<"microvms">
  machines: Machines
  /** what the gateway asks: which site a host has, and who may look */
  sites: ReturnType<typeof makeProjectSites>
  access: ReturnType<typeof makePreviewAccess>
  /** ends this process's sessions; the machines stay up */
  close(): void
}

export function makeMicrovms(options: MicrovmsParts): Microvms {
  const live = makeLiveMachines({
    fleet: options.fleet,
    clock: options.clock,
    // Best effort: when the database is away, the sweep will see it.
    changed: ({ id, organizationId }) =>
      void bestEffort(options.log, "wake a machine's loop", () =>
        inScope(options, { organizationId }, async (ctx) => ctx.wake("microvms", id)),
      ),
  })
  const parts: LoopParts = { ...options, live }
  const machines = makeMachines(parts)
  return {
    kind: { handlers: microvmHandlers(parts), loops: [loopOf(parts)] },
    machines,
    sites: makeProjectSites(parts, machines),
    access: makePreviewAccess(parts),
    close: () => live.close(),
  }
}

function loopOf(parts: LoopParts): LoopDefinition {
  return {
    name: "microvms",
    description: "Starts, watches, restarts and removes machines and the apps in them",
    concurrency: 8,
    sweepEveryMs: 30_000,
    limits: { triesMax: 4, turnMsMax: 180_000 },
    async due() {
      await bestEffort(parts.log, "look for orphans", async () =>
        reapOrphans(parts, await findOrphans(parts)),
      )
      return dueRows(parts.database, "microvms")
    },
    reconcile: (turn) => reconcileMicrovm(parts, turn),
    giveUp: (turn, verdict) => giveUp(parts, turn, verdict),
  }
}
