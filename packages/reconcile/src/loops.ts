import type { BackoffOptions } from "@vibecaas/kernel/backoff"
import type { Clock } from "@vibecaas/kernel/clock"
import { invariant } from "@vibecaas/kernel/fault"
import type { Log } from "@vibecaas/kernel/log"
import type { Pool } from "pg"
import { type Backlog, readBacklog } from "./backlog.ts"
import type { Core } from "./core.ts"
import { hearWakes } from "./hearing.ts"
import { makeKeeper } from "./keeper.ts"
import { keyText } from "./key.ts"
import { type Holder, markDue } from "./leases.ts"
import type { Listener } from "./listen.ts"
import type { LoopDefinition, LoopHandle, LoopStatus } from "./loop.ts"
import { type Running, startRunning } from "./running.ts"
import { freshStats, loopStatus } from "./stats.ts"
import { makeWakeInbox } from "./wake-inbox.ts"

export interface LoopsOptions {
  /** for leases; its `search_path` begins with the schema that holds `reconcileSchema` */
  pool: Pool
  /** not yet started; starting it, and closing it after the loops have stopped, is the caller's */
  listener: Listener
  clock: Clock
  log: Log
  /** how waits grow while a key's turns throw */
  backoff: BackoffOptions
  /** who takes leases: a stable name (host or pod) and an id that is new at each start */
  holder: Holder
  /** a holder that is silent for this long loses its keys, in `ms`; default 5 s */
  leaseMs?: number
}

export interface Loops {
  /** before `start` */
  add(definition: LoopDefinition): LoopHandle
  /** resolves when wakes are heard and every loop was swept once; waits for the database if need be */
  start(): Promise<void>
  /** turns at work get `drainMs` to end by themselves, then a moment to heed their signal */
  stop(drainMs: number): Promise<void>
  status(): LoopStatus[]
  /** what the rows say, of the work of all processes */
  backlog(): Promise<Backlog[]>
  /** since when due keys were not looked for, in `ms` */
  silentMs(): number
  /** what hangs in this process, a sentence for each */
  troubles(): string[]
}

export function makeLoops(options: LoopsOptions): Loops {
  const stopping = new AbortController()
  let running: Running | undefined
  const core = makeCore(options, { signal: stopping.signal, look: () => running?.look() })
  const inbox = makeWakeInbox(core)
  const hearing = hearWakes({
    listener: options.listener,
    onWake: inbox.put,
    onGap: () => void running?.sweepAll(),
  })
  let stopped: Promise<void> | undefined
  return {
    add: (definition) => {
      invariant(!running, "loops are added before they start")
      invariant(!core.loops.has(definition.name), `two loops are called ${definition.name}`)
      core.loops.set(definition.name, { definition, stats: freshStats() })
      return {
        wake: (key) =>
          core.mark({ loop: definition.name, reason: "wake" }, [{ key: keyText(key) }]),
      }
    },
    start: async () => {
      invariant(!running, "loops start once")
      running = startRunning(core, hearing)
      await running.ready
    },
    stop: (drainMs) => {
      stopping.abort()
      stopped ??= inbox.settled().then(() => running?.stop(drainMs))
      return stopped
    },
    backlog: () => readBacklog(core.pool, [...core.loops.keys()]),
    silentMs: () => running?.silentMs() ?? 0,
    troubles: () => running?.troubles() ?? [],
    status: () =>
      [...core.loops.values()].map(({ definition, stats }) => {
        const turns = [...core.keeper.turns].filter(({ loop }) => loop === definition.name)
        return loopStatus(definition, stats, turns)
      }),
  }
}

function makeCore(
  options: LoopsOptions,
  { signal, look }: { signal: AbortSignal; look(): void },
): Core {
  const leaseMs = options.leaseMs ?? 5_000
  const { pool, clock } = options
  return {
    ...{ ...options, leaseMs, signal },
    loops: new Map(),
    keeper: makeKeeper({ pool, clock, leaseMs }),
    mark: async (where, marks) => {
      for (let start = 0; start < marks.length; start += 500) {
        await markDue(pool, where, marks.slice(start, start + 500))
        look()
      }
    },
  }
}
