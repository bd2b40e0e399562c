import type { BackoffOptions } from "@vibecaas/kernel/backoff"
import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import type { Pool } from "pg"
import type { Keeper } from "./keeper.ts"
import type { Holder, Mark, Reason } from "./leases.ts"
import type { RunnableLoop } from "./run-turn.ts"

/** What the parts of this package share while loops run. */
export interface Core {
  pool: Pool
  clock: Clock
  log: Log
  backoff: BackoffOptions
  holder: Holder
  leaseMs: number
  loops: Map<string, RunnableLoop>
  keeper: Keeper
  /** aborted when this process begins to stop */
  signal: AbortSignal
  /** makes keys due and looks for them; no key twice in `marks` */
  mark(where: { loop: string; reason: Reason }, marks: Mark[]): Promise<void>
}
