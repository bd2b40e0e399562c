import type { LoopName } from "@vibecaas/contract/kinds"
import { assertFence } from "@vibecaas/reconcile/fence"
import type { Turn } from "@vibecaas/reconcile/loop"
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
const platformActor: Actor = { kind: "system", id: null, name: "the platform" }

/** One short transaction of what no person asked for. */
export function actAsPlatform<T>(
  parts: Pick<Parts, "scope">,
  of: { organizationId: string; signal?: AbortSignal; readOnly?: boolean },
  action: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const { organizationId, signal, readOnly = false } = of
  const who = { organizationId, actor: platformActor, readOnly }
  return parts.scope({ ...who, ...(signal ? { signal } : {}) }, action)
}

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
  const of = { organizationId: turn.key.organizationId, signal: turn.signal }
  return actAsPlatform(parts, of, async (ctx) => {
    await assertFence(plainSql(ctx.db), turn)
    return action(ctx)
  })
}

// `Key` cannot say that the keys of a loop are ids of its rows.
/** The id of the row that a turn is about. */
export const idIn = <Row extends { id: string }>({ key }: Pick<Turn, "key">) => key.id as Row["id"]

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

export interface Sight<Row, Seen extends Partial<Row>> {
  turn: Turn
  set: Seen
  /** what must hold of the row as it is, else it is a bug */
  check?(before: Row): void
  /** writes what was seen, with when */
  write(set: Seen & { updatedAt: Date }): Promise<void>
}

/** Writes what a turn saw of its row, in one of its transactions, and tells it. */
export async function observe<Row extends { id: string }, Seen extends Partial<Row>>(
  ctx: Ctx,
  of: Resource<Row>,
  { turn, set, check, write }: Sight<Row, Seen>,
): Promise<void> {
  const before = await of.find(ctx, idIn<Row>(turn))
  if (!before) return
  check?.(before)
  const seen = { ...set, updatedAt: ctx.clock.now() }
  await write(seen)
  of.tell(ctx, { ...before, ...seen })
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
