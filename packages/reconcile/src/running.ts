import { type Background, endsWithin, repeat } from "./background.ts"
import type { Core } from "./core.ts"
import { type Health, makeHealth } from "./health.ts"
import { abandonLeases, claimDue, endPreviousLeases, nextDueInMs } from "./leases.ts"
import { listen } from "./listen.ts"
import type { QueueWorker } from "./queue.ts"
import { type RunnableLoop, runTurn } from "./run-turn.ts"
import { sweep } from "./sweep.ts"
import { makeWakeInbox } from "./wake-inbox.ts"

/** Loops at work: listening, sweeping, looking for due keys, renewing leases, taking offers. */
export interface Running {
  /** resolves after the first sweep */
  ready: Promise<void>
  /** since when due keys were not looked for, in `ms` */
  silentMs(): number
  stop(drainMs: number): Promise<void>
}

/** How often the rows are looked through for keys that became due, in `ms`, or sooner if one is known. */
const lookEveryMs = 1_000
/** Timers may fire early by less than this; a look that comes too early would find nothing. */
const timerSlackMs = 5
/** What turns get after their signal was aborted at `stop`, in `ms`. */
const heedMs = 1_000
/** How long to wait for the queue to let go of its connections, in `ms`. */
const closeMs = 2_000

export function startRunning(core: Core): Running {
  const stopping = new AbortController()
  const { signal } = stopping
  const sweepAll = async () => {
    const loops = [...core.loops.values()]
    await Promise.all(loops.map((loop) => sweep(core, loop, { force: true, signal })))
  }
  const look = startLooking(core, makeHealth(core.log))
  const renewing = startRenewing(core)
  const inbox = makeWakeInbox(core, signal)
  const listener = listen({ ...core, onWake: inbox.put, onGap: () => void sweepAll() })
  const workers: QueueWorker[] = []
  const abandoned = Promise.withResolvers<void>()
  const sweeps: Background[] = []
  const begin = async () => {
    await Promise.race([listener.ready, aborted(signal)])
    if (signal.aborted) return
    await endPreviousLeases(core.pool, core.holder)
    workers.push(...startWorkers(core, look, abandoned.promise))
    await sweepAll()
    if (signal.aborted) return
    for (const loop of core.loops.values()) sweeps.push(startSweeps(core, loop, signal))
  }
  const ready = begin()
  return {
    ready,
    silentMs: look.silentMs,
    stop: async (drainMs) => {
      stopping.abort()
      const background = [listener.stop(), look.stop(), ...sweeps.map((each) => each.stop())]
      await Promise.allSettled([ready, ...background, inbox.settled()])
      await drain(core, { workers, drainMs, abandon: abandoned.resolve })
      await renewing.stop()
    },
  }
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }))

function startLooking(core: Core, health: Health): Background {
  const loops = [...core.loops.keys()]
  const look = repeat(core, lookEveryMs, () =>
    health.watch(async () => {
      const due = Map.groupBy(await claimDue(core.pool, loops), ({ loop }) => loop)
      for (const [loop, offers] of due) await core.queue.offer(loop, offers)
      const inMs = await nextDueInMs(core.pool, loops)
      if (inMs !== undefined) look.within(inMs + timerSlackMs)
    }),
  )
  return look
}

function startRenewing(core: Core): Background {
  return repeat(core, Math.floor(core.leaseMs / 3), async () => {
    try {
      await core.keeper.renew()
    } catch (error) {
      core.log.debug({ err: error }, "leases could not be renewed")
    }
  })
}

function startSweeps(core: Core, loop: RunnableLoop, signal: AbortSignal): Background {
  let first = true
  return repeat(core, loop.definition.sweepEveryMs, async () => {
    // The sweep at start-up has just been.
    if (!first) await sweep(core, loop, { force: false, signal })
    first = false
  })
}

function startWorkers(core: Core, look: Background, abandoned: Promise<void>): QueueWorker[] {
  const onDueIn = (loop: string, offer: { key: string; fence: string }, ms: number) => {
    if (ms > 0) return look.within(ms + timerSlackMs)
    core.queue.offer(loop, [offer]).catch((error: unknown) => {
      core.log.debug({ err: error, loop }, "an offer was not made; it will be made again")
    })
  }
  return [...core.loops.values()].map((loop) =>
    core.queue.work({
      loop: loop.definition.name,
      concurrency: loop.definition.concurrency,
      log: core.log,
      handle: async (key) => {
        try {
          await Promise.race([runTurn({ ...core, onDueIn }, loop, key), abandoned])
        } catch (error) {
          core.log.debug({ err: error, key }, "an offer was not taken; it will be made again")
        }
      },
    }),
  )
}

interface Drain {
  workers: QueueWorker[]
  drainMs: number
  /** lets the queue's workers end although turns go on */
  abandon(): void
}

async function drain(core: Core, { workers, drainMs, abandon }: Drain): Promise<void> {
  const idle = Promise.allSettled(workers.map((worker) => worker.close()))
  if (await endsWithin(core.clock, drainMs, idle)) return
  for (const turn of core.keeper.turns) {
    turn.interrupted = true
    turn.controller.abort(new Error("this process stops"))
  }
  if (await endsWithin(core.clock, heedMs, idle)) return
  // What does not end is given to others; it is fenced off from now on.
  for (const turn of core.keeper.turns) turn.lost = true
  abandon()
  try {
    await abandonLeases(core.pool, core.holder.instance)
  } catch (error) {
    core.log.debug({ err: error }, "leases were left to expire")
  }
  await endsWithin(core.clock, closeMs, idle)
}
