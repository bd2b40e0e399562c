import type { ObjectName } from "@vibecaas/contract/kinds"
import type { Ctx } from "./ctx.ts"

/** Takes a host for good; false when another object, living or gone, has it. */
export async function takeHost(
  ctx: Ctx,
  target: { host: string; kind: ObjectName; id: string },
): Promise<boolean> {
  const text = `insert into hosts (host, target_kind, target_id) values ($1, $2, $3)
    on conflict do nothing returning host`
  const { host, kind, id } = target
  const taken = await ctx.db.query({ name: "hosts_take", text }, [host, kind, id])
  return taken.length === 1
}

/** The object is gone: its hosts lead nowhere from now on, and stay taken. */
export async function retireHosts(ctx: Ctx, targetId: string): Promise<void> {
  const text = "update hosts set state = 'retired' where target_id = $1"
  await ctx.db.query({ name: "hosts_retire", text }, [targetId])
}
