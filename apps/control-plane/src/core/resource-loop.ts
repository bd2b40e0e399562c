import { isFault } from "@vibecaas/kernel/fault"
import type { Key } from "@vibecaas/reconcile/key"
import type { Limits, Verdict } from "@vibecaas/reconcile/limits"
import type { LoopDefinition, Turn } from "@vibecaas/reconcile/loop"
import { again, done, type Next, working } from "@vibecaas/reconcile/next"
import type { Ctx, Parts } from "./ctx.ts"
import type { Ref } from "./holds.ts"
import { idIn, inTurn, type Resource } from "./resource.ts"

/** Nothing to do now. */
export interface Rest {
  do: "rest"
  /** when to look again, in `ms`; `null` waits for a wake or a sweep */
  afterMs: number | null
  /** what was reached on the way to what is wanted: its time counts; absent at the end of the way */
  mark?: string
  /** who can act now; only where the world is rows */
  wake?: readonly Ref[]
}

export const rest = (afterMs: number | null): Rest => ({ do: "rest", afterMs })

/** What a turn holds while it takes a step. */
export interface Found<Row, Seen> {
  turn: Turn
  row: Row
  seen: Seen
}

interface Plan<Row extends { id: string }, Seen, Step extends { do: string }> {
  of: Resource<Row>
  /** one sentence for people: what this loop sees to */
  description: string
  concurrency: number
  limits?: Partial<Limits>
  due(): Promise<Key[]>
  /** pure; it never asks which event led here, so repeating steps leads to what is wanted */
  next(row: Row, seen: Seen, now: Date): Step | Rest
  /** whether it is to end: that is tried for ever, since nothing may be left and nobody waits */
  ending(ctx: Ctx, row: Row): boolean | Promise<boolean>
  /** writes that it failed, and why; nothing when it no longer can */
  fail(ctx: Ctx, row: Row, why: Failure): Promise<void>
}

export interface Failure extends Verdict {
  /** for people */
  say: string
  turn: Turn
}

/** A resource whose world is outside of the database: no transaction is open while it is spoken to. */
export interface WorldPlan<Row extends { id: string }, Seen, Step extends { do: string }>
  extends Plan<Row, Seen, Step> {
  look(row: Row, turn: Turn): Promise<Seen>
  take(step: Step, found: Found<Row, Seen>): Promise<void>
  /** before a turn ends at rest */
  atRest?(found: Found<Row, Seen>): Promise<void>
}

/** A resource whose world is other rows: a turn is one transaction. */
export interface RowsPlan<Row extends { id: string }, Seen, Step extends { do: string }>
  extends Plan<Row, Seen, Step> {
  look(ctx: Ctx, row: Row): Promise<Seen>
  take(ctx: Ctx, step: Step, found: Found<Row, Seen>): Promise<void>
}

/** A turn takes at most this many steps; more would be a circle. */
const stepsMax = 16

/** Looks, chooses the next step and takes it, until there is rest. */
export function worldLoop<Row extends { id: string }, Seen, Step extends { do: string }>(
  parts: Parts,
  plan: WorldPlan<Row, Seen, Step>,
): LoopDefinition {
  return loopOf(parts, plan, (turn) =>
    untilRest<Row, Seen, Step>(plan, {
      turn,
      now: () => parts.clock.now(),
      find: () => inTurn(parts, turn, (ctx) => plan.of.find(ctx, idIn<Row>(turn))),
      look: (row) => plan.look(row, turn),
      take: plan.take,
      atRest: async (_, found) => plan.atRest?.(found),
    }),
  )
}

/** The same in one transaction. */
export function rowsLoop<Row extends { id: string }, Seen, Step extends { do: string }>(
  parts: Parts,
  plan: RowsPlan<Row, Seen, Step>,
): LoopDefinition {
  return loopOf(parts, plan, (turn) =>
    inTurn(parts, turn, (ctx) =>
      untilRest<Row, Seen, Step>(plan, {
        turn,
        now: () => parts.clock.now(),
        find: () => plan.of.find(ctx, idIn<Row>(turn)),
        look: (row) => plan.look(ctx, row),
        take: (step, found) => plan.take(ctx, step, found),
        async atRest({ wake = [] }) {
          for (const { loop, id } of wake) ctx.wake(loop, id)
        },
      }),
    ),
  )
}

interface Walk<Row, Seen, Step> {
  turn: Turn
  now(): Date
  find(): Promise<Row | undefined>
  look(row: Row): Promise<Seen>
  take(step: Step, found: Found<Row, Seen>): Promise<void>
  atRest(step: Rest, found: Found<Row, Seen>): Promise<void>
}

async function untilRest<Row extends { id: string }, Seen, Step extends { do: string }>(
  { next }: Pick<Plan<Row, Seen, Step>, "next">,
  walk: Walk<Row, Seen, Step>,
): Promise<Next> {
  const { turn } = walk
  for (let steps = 0; steps < stepsMax; steps++) {
    turn.signal.throwIfAborted()
    const row = await walk.find()
    if (!row) return done
    const found = { turn, row, seen: await walk.look(row) }
    const step = next(row, found.seen, walk.now())
    if (isRest(step)) {
      await walk.atRest(step, found)
      return nextOf(step)
    }
    await walk.take(step, found)
  }
  return again(1000)
}

function loopOf<Row extends { id: string }, Seen, Step extends { do: string }>(
  parts: Parts,
  plan: Plan<Row, Seen, Step>,
  reconcile: LoopDefinition["reconcile"],
): LoopDefinition {
  const { of, limits, description, concurrency } = plan
  return {
    ...{ name: of.loop, description, concurrency, reconcile },
    sweepEveryMs: 30_000,
    ...(limits ? { limits } : {}),
    due: () => plan.due(),
    giveUp: (turn, verdict) =>
      inTurn(parts, turn, async (ctx) => {
        const row = await of.find(ctx, idIn<Row>(turn))
        if (!row) return "give-up"
        if (await plan.ending(ctx, row)) return "keep-trying"
        await plan.fail(ctx, row, { ...verdict, say: sentenceOf(turn, verdict), turn })
        return "give-up"
      }),
  }
}

const isRest = (step: { do: string }): step is Rest => step.do === "rest"

function nextOf({ afterMs, mark }: Rest): Next {
  if (afterMs === null) return done
  return mark === undefined ? again(afterMs) : working(afterMs, mark)
}

function sentenceOf(turn: Turn, { error }: Verdict): string {
  if (isFault(error)) return error.say
  turn.log.error({ err: error }, "given up for a reason that is a mistake of ours")
  return "Something went wrong on our side."
}
