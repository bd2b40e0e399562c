import type { Ctx } from "../core/ctx.ts"
import { usedAndLimit } from "../quotas/index.ts"

/** What of the organization's memory for stores is in use and may be, in MiB, and whether so much more fits. */
export async function roomFor(
  ctx: Ctx,
  memoryMiB: number,
): Promise<{ fits: boolean; used: number; limit: number }> {
  const { used, limit } = await usedAndLimit(ctx, "store_memory_mib")
  return { fits: used + memoryMiB <= limit, used, limit }
}
