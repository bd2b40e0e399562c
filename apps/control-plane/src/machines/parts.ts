import type { Fleet } from "@vibecaas/microvm/fleet"
import type { Parts } from "../core/ctx.ts"
import type { Database } from "../db/tenant.ts"
import type { LiveMachines } from "./live-machines.ts"

export interface MachinesParts extends Parts {
  /** for what is asked beyond one organization: due machines, where they are */
  database: Database
  fleet: Fleet
}

/** What a turn of the loop works with. */
export interface LoopParts extends MachinesParts {
  live: LiveMachines
}
