import type { Core } from "./core.ts"
import { keyText } from "./key.ts"
import { claimSweep } from "./leases.ts"
import type { RunnableLoop } from "./run-turn.ts"

export interface SweepOptions {
  /** sweeps even if another process just did */
  force: boolean
  signal: AbortSignal
}

/** Asks a loop which keys are due and offers them: finds what a lost wake or a change outside left. */
export async function sweep(core: Core, loop: RunnableLoop, options: SweepOptions): Promise<void> {
  const { name, sweepEveryMs, due } = loop.definition
  try {
    const ours = await claimSweep(core.pool, name, { everyMs: sweepEveryMs, ...options })
    if (!ours || options.signal.aborted) return
    const keys = new Set((await due(options.signal)).map(keyText))
    await core.mark(
      { loop: name, reason: "sweep" },
      [...keys].map((key) => ({ key })),
    )
    loop.stats.sweptAt = core.clock.now()
  } catch (error) {
    if (!options.signal.aborted) core.log.warn({ err: error, loop: name }, "a sweep failed")
  }
}
