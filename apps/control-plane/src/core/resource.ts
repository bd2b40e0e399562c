import type { LoopName } from "@vibecaas/contract/kinds"
import { isFault } from "@vibecaas/kernel/fault"
import { assertFence } from "@vibecaas/reconcile/fence"
import type { Key } from "@vibecaas/reconcile/key"
import type { Limits, Verdict } from "@vibecaas/reconcile/limits"
import type { LoopDefinition, Turn } from "@vibecaas/reconcile/loop"
import { again, done, type Next, working } from "@vibecaas/reconcile/next"
import { plainSql } from "../db/plain-sql.ts"
import type { Actor, Ctx, Parts } from "./ctx.ts"
import { type Ref, releaseHold } from "./holds.ts"
import { record } from "./record.ts"

/**
 * What every resource has in common: a row says what is wanted and what was observed, and a loop
 * makes the world match.
 *
 * A request writes a wish with `want`. A turn of the loop looks at row and world, chooses the one
 * next step by a pure function, takes it, and writes what it saw in `inTurn`, where a worker that
 * lost its lease writes nothing. What cannot be done is given up with its evidence; what ended goes
 * by `gone`. Each says who did what, tells who watches and wakes who must act, once, at commit.
 */
export interface Resource<Row extends { id: string }> {
  /** heads the names of audit records: `<noun>.deleted` */
  noun: string
  loop: LoopName
  /** the row; `undefined` when it is gone, which is a normal answer */
  find(ctx: Ctx, id: Row["id"]): Promise<Row | undefined>
  /** the row in words, for the audit */
  about(ctx: Ctx, row: Row): Promise<string>
  /** says that the row is not as it was: see `changed` */
  tell(ctx: Ctx, row: Row): void
}

/** Whoever does what no person asked for. */
export const platformActor: Actor = { kind: "system", id: null, name: "the platform" }

/**
 * One short transaction of a turn.
 *
 * @throws Fault `lease_lost` when another worker has the object by now
 */
export function inTurn<T>(
  parts: Pick<Parts, "scope">,
  turn: Turn,
  action: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const { organizationId } = turn.key
  const who = { organizationId, actor: platformActor, signal: turn.signal }
  return parts.scope(who, async (ctx) => {
    await assertFence(plainSql(ctx.db), turn)
    return action(ctx)
  })
}

export interface Wish<Row> {
  /** `<noun>.<verb>`, for the audit */
  action: string
  details?: Record<string, unknown>
  /** writes what is wanted; answers the row as it is then */
  write(ctx: Ctx): Promise<Row>
}

/** Writes what somebody wants, records who, tells it, and wakes the loop that makes it come true. */
export async function want<Row extends { id: string }>(
  ctx: Ctx,
  of: Resource<Row>,
  wish: Wish<Row>,
): Promise<Row> {
  const row = await wish.write(ctx)
  const details = { about: await of.about(ctx, row), ...wish.details }
  record(ctx, { action: wish.action, subject: row.id, details })
  of.tell(ctx, row)
  ctx.wake(of.loop, row.id)
  return row
}

export interface End<Row> {
  row: Row
  /** what it hung on, and is let go of */
  held?: Ref
  /** deletes the row with all that goes with it; false when it was gone already */
  remove(ctx: Ctx): Promise<boolean>
}

/** Ends a row whose part of the world is verified gone. */
export async function gone<Row extends { id: string }>(
  ctx: Ctx,
  of: Resource<Row>,
  { row, held, remove }: End<Row>,
): Promise<void> {
  const details = { about: await of.about(ctx, row) }
  if (await remove(ctx)) {
    record(ctx, { action: `${of.noun}.deleted`, subject: row.id, details })
    of.tell(ctx, row)
  }
  if (held) await releaseHold(ctx, { on: held, by: { loop: of.loop, id: row.id } })
}

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
  return loopOf(parts, plan, async (turn) => {
    for (let steps = 0; steps < stepsMax; steps++) {
      turn.signal.throwIfAborted()
      const row = await inTurn(parts, turn, (ctx) => plan.of.find(ctx, idIn<Row>(turn)))
      if (!row) return done
      const found = { turn, row, seen: await plan.look(row, turn) }
      const step = plan.next(row, found.seen, parts.clock.now())
      if (!isRest(step)) await plan.take(step, found)
      else {
        await plan.atRest?.(found)
        return nextOf(step)
      }
    }
    return again(1000)
  })
}

/** The same in one transaction. */
export function rowsLoop<Row extends { id: string }, Seen, Step extends { do: string }>(
  parts: Parts,
  plan: RowsPlan<Row, Seen, Step>,
): LoopDefinition {
  const turnIn = async (ctx: Ctx, turn: Turn): Promise<Next> => {
    for (let steps = 0; steps < stepsMax; steps++) {
      const row = await plan.of.find(ctx, idIn<Row>(turn))
      if (!row) return done
      const found = { turn, row, seen: await plan.look(ctx, row) }
      const step = plan.next(row, found.seen, parts.clock.now())
      if (!isRest(step)) await plan.take(ctx, step, found)
      else {
        for (const { loop, id } of step.wake ?? []) ctx.wake(loop, id)
        return nextOf(step)
      }
    }
    return again(1000)
  }
  return loopOf(parts, plan, (turn) => inTurn(parts, turn, (ctx) => turnIn(ctx, turn)))
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

/** The id of the row a turn is about. */
// The keys of a loop are ids of its rows; `Key` cannot say of which kind.
export const idIn = <Row extends { id: string }>({ key }: Pick<Turn, "key">) => key.id as Row["id"]

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
