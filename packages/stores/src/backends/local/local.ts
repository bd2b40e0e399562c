import type { Cgroups } from "@vibecaas/kernel/control-groups"
import type { InTurn } from "@vibecaas/kernel/turns"
import type { DatastoreKind } from "../../engine.ts"
import type { SharedHooks } from "../shared-hooks.ts"
import type { Datastore } from "./datastore.ts"
import type { Settings } from "./options.ts"
import type { ProcessRecord, StoreRecord } from "./record.ts"
import type { Staged } from "./stage.ts"
import type { Starts } from "./starts.ts"
import type { Uids } from "./uids.ts"
import type { Wall } from "./wall.ts"

/** What every verb of the local backend works with. */
export interface Local {
  settings: Settings
  wall: Wall
  cgroups: Cgroups
  staged: Staged
  /** the truth is on disk; this is what we read or wrote last */
  records: Map<string, StoreRecord>
  uids: Uids
  starts: Starts
  datastores: Readonly<Record<DatastoreKind, Datastore>>
  /** what concerns one store happens one after the other */
  inTurn: InTurn
  hooks: SharedHooks
  /** processes whose end we shall hear of, since we started them ourselves */
  watched: WeakSet<ProcessRecord>
  /** places of templates that are being made: nobody's stores */
  making: Set<string>
  /** tells those who hear that a store may have changed */
  tell(storeId: string): void
  /** aborted when the backend closes */
  closing: AbortSignal
}
