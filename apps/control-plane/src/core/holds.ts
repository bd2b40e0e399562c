import type { LoopName } from "@vibecaas/contract/kinds"
import type { Ctx } from "./ctx.ts"
import { deleteHold, insertHold, listHolders, listLooped } from "./queries.ts"

/** An object that a loop looks after. */
export interface Ref {
  loop: LoopName
  id: string
}

/** What keeps the row of `on` until the part of `by` is gone. */
export interface Hold {
  on: Ref
  by: Ref
}

/** From now on the deletion of what is held waits for this holder, whose loop it wakes. */
export async function placeHold(ctx: Ctx, { on, by }: Hold): Promise<void> {
  await insertHold(ctx.db, { organizationId: ctx.organizationId, parentId: on.id, holder: by })
}

/** Says that nothing of this holder is left, and wakes the loop of what it held. */
export async function releaseHold(ctx: Ctx, { on, by }: Hold): Promise<void> {
  await deleteHold(ctx.db, on.id, by)
  ctx.wake(on.loop, on.id)
}

/** Wakes every holder's loop, to tear its part down; answers how many there are. */
export async function wakeHolders(ctx: Ctx, id: string): Promise<number> {
  const holders = await listHolders(ctx.db, id)
  for (const { loop, id: holderId } of holders) ctx.wake(loop, holderId)
  return holders.length
}

/** Wakes the loops of all that the organization has: what holds for all of it has changed. */
export async function wakeAll(ctx: Ctx): Promise<void> {
  for (const { loop, id } of await listLooped(ctx.db)) ctx.wake(loop, id)
}
