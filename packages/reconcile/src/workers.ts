import { endsWithin, repeat } from "./background.ts"
import type { Core } from "./core.ts"
import { makeHealth } from "./health.ts"
import { abandonLeases, type Lease, reclaimLeases } from "./leases.ts"
import { runTurn } from "./run-turn.ts"
import { type Room, takeLeases } from "./take-leases.ts"

/** The turns of this process: it takes keys that are due while there is room, each loop for itself. */
export interface Workers {
  /** takes no keys before */
  open(): void
  /** looks within `ms` for keys that are due */
  look(ms: number): void
  /** since when no look has ended, in `ms` */
  silentMs(): number
  /** takes no more; turns get `drainMs` to end by themselves, then a moment to heed their signal */
  stop(drainMs: number): Promise<void>
}

/** How often rows are looked through for what nobody told of, in `ms`. */
const lookEveryMs = 1_000
/** Timers may fire early by less than this; a look that comes too early would find nothing. */
const timerSlackMs = 5
/** What turns get after their signal was aborted at `stop`, in `ms`. */
const heedMs = 1_000

export function startWorkers(core: Core): Workers {
  const turns = new Map<Promise<void>, string>()
  const health = makeHealth(core.log)
  const now = () => core.clock.now().getTime()
  let open = false
  let reclaimAt = 0
  const begin = (lease: Lease, leasedUntilMs: number) => {
    const loop = core.loops.get(lease.loop)
    if (!loop) return
    const turn = runTurn({ ...core, onDueIn: look }, loop, { lease, leasedUntilMs }).finally(() => {
      const wasFull = !roomIn(core, turns.values()).some((room) => room.loop === lease.loop)
      turns.delete(turn)
      if (wasFull) look(0)
    })
    turns.set(turn, lease.loop)
  }
  const take = async () => {
    const rooms = open ? roomIn(core, turns.values()) : []
    if (rooms.length === 0) return
    const leasedUntilMs = now() + core.leaseMs
    const { leases, nextInMs } = await takeLeases(core.pool, rooms, {
      ...core.holder,
      leaseMs: core.leaseMs,
    })
    for (const lease of leases) begin(lease, leasedUntilMs)
    if (nextInMs !== undefined) look(nextInMs)
  }
  const looking = repeat(core, lookEveryMs, async () => {
    if (now() < reclaimAt) return take().catch((error) => core.log.debug({ err: error }, tookNone))
    reclaimAt = now() + lookEveryMs
    await health.watch(async () => {
      await reclaimLeases(core.pool, [...core.loops.keys()], core.backoff)
      await take()
    })
  })
  const look = (ms: number) => looking.within(ms > 0 ? ms + timerSlackMs : 0)
  return {
    open: () => {
      open = true
      look(0)
    },
    look,
    silentMs: looking.silentMs,
    stop: async (drainMs) => {
      open = false
      await looking.stop()
      await drain(core, Promise.allSettled(turns.keys()), drainMs)
    },
  }
}

const tookNone = "keys that are due could not be taken; the next look will"

/** Loops that may have more turns than are `atWork`, named once for each turn. */
function roomIn({ loops }: Core, atWork: Iterable<string>): Room[] {
  const names = [...atWork]
  return [...loops.values()]
    .map(({ definition: { name, concurrency } }) => ({
      loop: name,
      places: concurrency - names.filter((each) => each === name).length,
    }))
    .filter(({ places }) => places > 0)
}

async function drain(core: Core, idle: Promise<unknown>, drainMs: number): Promise<void> {
  if (await endsWithin(core.clock, drainMs, idle)) return
  for (const turn of core.keeper.turns) {
    turn.interrupted = true
    turn.controller.abort(new Error("this process stops"))
  }
  if (await endsWithin(core.clock, heedMs, idle)) return
  // What does not end is given to others; it is fenced off from now on.
  for (const turn of core.keeper.turns) turn.lost = true
  try {
    await abandonLeases(core.pool, core.holder.instance)
  } catch (error) {
    core.log.debug({ err: error }, "leases were left to expire")
  }
}
