import type { IdOf } from "@vibecaas/contract/kinds"
import { and, asc, eq, gt } from "drizzle-orm"
import { runSteps } from "../../db/tables/agents.ts"
import type { Tx } from "../../db/tenant.ts"
import type { StepRow } from "../step.ts"

/** Everything a task's tries after `triesBefore` did, oldest first. */
export async function listTaskSteps(
  tx: Tx,
  taskId: IdOf<"task">,
  triesBefore: number,
): Promise<StepRow[]> {
  return tx.orm
    .select()
    .from(runSteps)
    .where(and(eq(runSteps.taskId, taskId), gt(runSteps.tryNumber, triesBefore)))
    .orderBy(asc(runSteps.sequence))
}

/** A page of a run's journal, oldest first. */
export async function listSteps(
  tx: Tx,
  runId: IdOf<"run">,
  page: { limit: number; after: number | undefined },
): Promise<StepRow[]> {
  const { after } = page
  return tx.orm
    .select()
    .from(runSteps)
    .where(
      and(
        eq(runSteps.runId, runId),
        after === undefined ? undefined : gt(runSteps.sequence, after),
      ),
    )
    .orderBy(asc(runSteps.sequence))
    .limit(page.limit)
}

/** Adds a row and answers its place in the run's order. */
export async function insertStep(tx: Tx, row: Omit<StepRow, "sequence">): Promise<number> {
  const [added] = await tx.orm
    .insert(runSteps)
    .values(row)
    .returning({ sequence: runSteps.sequence })
  return Number(added?.sequence)
}
