import { type Background, endsWithin, repeat } from "./background.ts"
import type { Core } from "./core.ts"
import type { Hearing } from "./hearing.ts"
import type { RunningTurn } from "./keeper.ts"
import { endPreviousLeases, forgetLoops } from "./leases.ts"
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
  /** what hangs in this process, a sentence for each */
  troubles(): string[]
  /** after the core's signal was aborted */
  stop(drainMs: number): Promise<void>
}

export function startRunning(core: Core, hearing: Hearing): Running {
  const sweeps: Sweeps[] = []
  const workers = startWorkers(core)
  const renewing = startRenewing(core)
  const sweepAll = async () => {
    await Promise.all([...core.loops.values()].map((loop) => sweep(core, loop, { force: true })))
  }
  const begin = async () => {
    await Promise.race([hearing.ready, aborted(core.signal)])
    if (core.signal.aborted) return
    await forgetLoops(core.pool, [...core.loops.keys()])
    await endPreviousLeases(core.pool, core.holder, core.backoff)
    workers.open()
    await sweepAll()
    if (core.signal.aborted) return
    for (const loop of core.loops.values()) sweeps.push({ loop, ...startSweeps(core, loop) })
  }
  const ready = begin()
  return {
    ready,
    look: () => workers.look(0),
    sweepAll,
    silentMs: workers.silentMs,
    troubles: () => {
      const late = sweeps.map(lateSweep)
      const deaf = [...core.keeper.turns].map((turn) => deafTurn(core, turn))
      return [silence(workers.silentMs()), ...late, ...deaf].filter((each) => each !== undefined)
    },
    stop: async (drainMs) => {
      // One that hangs has lost its say: its keys are swept by whoever comes next.
      const swept = Promise.allSettled([ready, ...sweeps.map((each) => each.stop())])
      await endsWithin(core.clock, drainMs, swept)
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

interface Sweeps extends Background {
  loop: RunnableLoop
}

/** What takes this much longer than it may hangs, in `ms`: each has limits of its own far below. */
const hangsMs = 30_000

function silence(ms: number): string | undefined {
  return ms > hangsMs ? `they last looked ${inSeconds(ms)} ago` : undefined
}

function lateSweep({ loop, silentMs }: Sweeps): string | undefined {
  const { name, sweepEveryMs } = loop.definition
  if (silentMs() <= sweepEveryMs + hangsMs) return undefined
  return `“${name}” was last swept ${inSeconds(silentMs())} ago`
}

/** A turn that was aborted and goes on keeps its place from others. */
function deafTurn(
  { clock }: Core,
  { loop, startedAt, turnMsMax }: RunningTurn,
): string | undefined {
  const ms = clock.now().getTime() - startedAt.getTime()
  if (ms <= turnMsMax + hangsMs) return undefined
  return `a turn of “${loop}” did not stop after ${inSeconds(ms)}`
}

const inSeconds = (ms: number) => `${Math.round(ms / 1000)} s`
