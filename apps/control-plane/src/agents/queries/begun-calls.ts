import { and, eq, sql } from "drizzle-orm"
import { begunCalls } from "../../db/tables/begun-calls.ts"
import type { Tx } from "../../db/tenant.ts"
import type { TaskRow } from "../task.ts"

/** How often a call was begun. */
export async function timesBegun(tx: Tx, task: Pick<TaskRow, "id">, call: string): Promise<number> {
  const [row] = await tx.orm
    .select({ times: begunCalls.times })
    .from(begunCalls)
    .where(and(eq(begunCalls.taskId, task.id), eq(begunCalls.call, call)))
  return row?.times ?? 0
}

export async function addBegun(
  tx: Tx,
  { organizationId, id: taskId }: Pick<TaskRow, "organizationId" | "id">,
  { call, at }: { call: string; at: Date },
): Promise<void> {
  await tx.orm
    .insert(begunCalls)
    .values({ organizationId, taskId, call, times: 1, begunAt: at })
    .onConflictDoUpdate({
      target: [begunCalls.taskId, begunCalls.call],
      set: { times: sql`${begunCalls.times} + 1`, begunAt: at },
    })
}
