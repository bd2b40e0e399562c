import type { MasterKey } from "@vibecaas/kernel/seal"
import type { Key } from "@vibecaas/reconcile/key"
import type { Snapshots } from "../apps/index.ts"
import type { Parts } from "../core/ctx.ts"
import type { Database } from "../db/tenant.ts"
import type { LiveMachines } from "../machines/index.ts"
import type { Network } from "../network/index.ts"
import type { CommitParts } from "../projects/index.ts"
import type { Vault } from "../secrets/index.ts"

/** What the kind is made with. */
export interface MovesParts extends Parts, CommitParts {
  database: Database
  /** wraps each organization's data key */
  masterKey: MasterKey
  /** opens the one way out by which git fetches */
  way: Network["way"]
  /** keeps a token until the import is over */
  vault: Vault
  live: LiveMachines
  snapshots: Snapshots
  /** the address of a project's preview */
  previewUrl: (slug: string) => string
  /** keys of moves that are under way */
  due: () => Promise<Key[]>
}
