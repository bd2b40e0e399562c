import type { MasterKey } from "@vibecaas/kernel/seal"
import type { Key } from "@vibecaas/reconcile/key"
import type { Parts } from "../core/ctx.ts"
import type { ReachParts } from "./reach/exchange.ts"

/** What the kind is made with. */
export interface McpParts extends Parts {
  /** wraps each organization's data key */
  masterKey: MasterKey
  reach: ReachParts
  /** keys of servers whose tools somebody wants to see */
  due: () => Promise<Key[]>
}
