import type { IdOf } from "@vibecaas/contract/kinds"
import { and, asc, eq, gt, inArray, sql } from "drizzle-orm"
import { z } from "zod"
import { runSteps, runTasks } from "../../db/tables/agents.ts"
import type { Tx } from "../../db/tenant.ts"
import { type Accounted, accounted } from "../account.ts"

/**
 * What these tasks say became of wishes, oldest first: of their present attempts, and only where
 * the task that says so changed no file afterwards.
 */
export async function listAccounts(tx: Tx, taskIds: readonly IdOf<"task">[]): Promise<Accounted[]> {
  if (taskIds.length === 0) return []
  const rows = await tx.orm
    .select({ account: sql<unknown>`${runSteps.output} -> 'account'` })
    .from(runSteps)
    .innerJoin(runTasks, eq(runTasks.id, runSteps.taskId))
    .where(
      and(
        inArray(runSteps.taskId, [...taskIds]),
        eq(runSteps.name, "account_for"),
        gt(runSteps.tryNumber, runTasks.triesBefore),
        sql`not exists (select from run_steps later where later.task_id = ${runSteps.taskId}
          and later.sequence > ${runSteps.sequence} and later.commit_after is not null)`,
      ),
    )
    .orderBy(asc(runSteps.sequence))
  return rows.flatMap(({ account }) => z.array(accounted).safeParse(account).data ?? [])
}
