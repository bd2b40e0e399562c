import type { LoopName } from "@vibecaas/contract/kinds"
import type { Ctx } from "../core/ctx.ts"
import { deleteHold, insertHold, listHolders } from "./queries.ts"

/** What keeps a project's row until its own part is gone: an object of a loop to the right. */
export interface Hold {
  projectId: string
  loop: LoopName
  id: string
}

/** From now on the project's deletion waits for this holder, whose loop it wakes. */
export async function placeHold(ctx: Ctx, hold: Hold): Promise<void> {
  const { projectId, loop, id } = hold
  await insertHold(ctx.db, { organizationId: ctx.organizationId, projectId, holder: { loop, id } })
}

/** Says that nothing of this holder is left, and wakes the project's loop. */
export async function releaseHold(ctx: Ctx, hold: Hold): Promise<void> {
  await deleteHold(ctx.db, hold.projectId, hold)
  await ctx.wake("projects", hold.projectId)
}

/** Wakes every holder's loop, to tear its part down; answers how many there are. */
export async function wakeHolders(ctx: Ctx, projectId: string): Promise<number> {
  const holders = await listHolders(ctx.db, projectId)
  for (const { loop, id } of holders) await ctx.wake(loop as LoopName, id) // named by the loops that placed them
  return holders.length
}
