import type { Core } from "./core.ts"
import { keyText } from "./key.ts"
import { claimSweep } from "./leases.ts"
import type { RunnableLoop } from "./run-turn.ts"

/** Asks a loop which keys need attention and makes them due: finds what a lost wake or a change outside left. */
export async function sweep(
  core: Core,
  loop: RunnableLoop,
  /** sweeps even if another process just did */
  { force }: { force: boolean },
): Promise<void> {
  const { name, sweepEveryMs, due } = loop.definition
  try {
    const ours = await claimSweep(core.pool, name, { everyMs: sweepEveryMs, force })
    if (!ours || core.signal.aborted) return
    const keys = new Set((await due(core.signal)).map(keyText))
    await core.mark(
      { loop: name, reason: "sweep" },
      [...keys].map((key) => ({ key })),
    )
    loop.stats.sweptAt = core.clock.now()
  } catch (error) {
    if (!core.signal.aborted) core.log.warn({ err: error, loop: name }, "a sweep failed")
  }
}
