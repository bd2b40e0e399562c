import { type Background, repeat } from "./background.ts"
import type { Core } from "./core.ts"
import type { Hearing } from "./hearing.ts"
import { endPreviousLeases } from "./leases.ts"
import type { RunnableLoop } from "./run-turn.ts"
import { sweep } from "./sweep.ts"
import { startWorkers } from "./workers.ts"

/** Loops at work: sweeping, looking for due keys, renewing leases, taking turns. */
export interface Running {
  /** resolves after the first sweep */
  ready: Promise<void>
  /** looks for due keys at once */
  look(): void
  sweepAll(): Promise<void>
  /** since when due keys were not looked for, in `ms` */
  silentMs(): number
  /** after the core's signal was aborted */
  stop(drainMs: number): Promise<void>
}

export function startRunning(core: Core, hearing: Hearing): Running {
  const sweeps: Background[] = []
  const workers = startWorkers(core)
  const renewing = startRenewing(core)
  const sweepAll = async () => {
    await Promise.all([...core.loops.values()].map((loop) => sweep(core, loop, { force: true })))
  }
  const begin = async () => {
    await Promise.race([hearing.ready, aborted(core.signal)])
    if (core.signal.aborted) return
    await endPreviousLeases(core.pool, core.holder)
    workers.open()
    await sweepAll()
    if (core.signal.aborted) return
    for (const loop of core.loops.values()) sweeps.push(startSweeps(core, loop))
  }
  const ready = begin()
  return {
    ready,
    look: () => workers.look(0),
    sweepAll,
    silentMs: workers.silentMs,
    stop: async (drainMs) => {
      await Promise.allSettled([ready, ...sweeps.map((each) => each.stop())])
      await workers.stop(drainMs)
      await renewing.stop()
    },
  }
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }))

function startRenewing(core: Core): Background {
  return repeat(core, Math.floor(core.leaseMs / 3), async () => {
    try {
      await core.keeper.renew()
    } catch (error) {
      core.log.debug({ err: error }, "leases could not be renewed")
    }
  })
}

function startSweeps(core: Core, loop: RunnableLoop): Background {
  let first = true
  return repeat(core, loop.definition.sweepEveryMs, async () => {
    // The sweep at start-up has just been.
    if (!first) await sweep(core, loop, { force: false })
    first = false
  })
}
