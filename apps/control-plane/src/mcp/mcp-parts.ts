import type { Key } from "@vibecaas/reconcile/key"
import type { Parts } from "../core/ctx.ts"
import type { Vault } from "../secrets/index.ts"
import type { ReachParts } from "./reach/exchange.ts"

/** What the kind is made with. */
export interface McpParts extends Parts {
  /** keeps what servers are sent with each request */
  vault: Vault
  reach: ReachParts
  /** keys of servers whose tools somebody wants to see */
  due: () => Promise<Key[]>
}
