import type { IdOf } from "@vibecaas/contract/kinds"
import { and, asc, eq, inArray, lte, type SQL, sql } from "drizzle-orm"
import { runs, runTasks } from "../../db/tables/agents.ts"
import type { Tx } from "../../db/tenant.ts"
import type { NewTask } from "../plan.ts"
import { noCall, type TaskRow } from "../task.ts"
import type { Spent } from "../work/journal.ts"

export async function findTask(tx: Tx, id: IdOf<"task">): Promise<TaskRow | undefined> {
  const [row] = await tx.orm.select().from(runTasks).where(eq(runTasks.id, id))
  return row
}

/** In the order of the plan. */
export async function listTasks(tx: Tx, runIds: readonly IdOf<"run">[]): Promise<TaskRow[]> {
  if (runIds.length === 0) return []
  const rows = await tx.orm
    .select()
    .from(runTasks)
    .where(inArray(runTasks.runId, [...runIds]))
    .orderBy(asc(runTasks.runId), asc(runTasks.position))
  return rows
}

/** Whose tasks they are; those of other projects are left out. */
export function runsOfTasks(
  tx: Tx,
  projectId: IdOf<"project">,
  ids: readonly string[],
): Promise<{ task: IdOf<"task">; run: IdOf<"run"> }[]> {
  return tx.orm
    .select({ task: runTasks.id, run: runTasks.runId })
    .from(runTasks)
    .innerJoin(runs, eq(runs.id, runTasks.runId))
    .where(and(eq(runs.projectId, projectId), inArray(sql<string>`${runTasks.id}`, [...ids])))
}

export async function insertTasks(
  tx: Tx,
  of: { organizationId: IdOf<"organization">; runId: IdOf<"run"> },
  tasks: readonly NewTask[],
): Promise<TaskRow[]> {
  const rows = tasks.map((task) => ({ ...task, ...of, state: "waiting" as const }))
  return tx.orm.insert(runTasks).values(rows).returning()
}

export type TaskChange = Partial<Omit<TaskRow, "id" | "organizationId" | "runId" | "position">>

/**
 * Gives the task to the worker with this fence: from now on writes with a lower one are refused.
 * False when a newer worker has it.
 */
export async function claimTask(
  tx: Tx,
  id: IdOf<"task">,
  claim: { fence: number; set: TaskChange; at: Date },
): Promise<boolean> {
  const claimed = await tx.orm
    .update(runTasks)
    .set({ ...claim.set, fence: claim.fence, updatedAt: claim.at })
    .where(and(eq(runTasks.id, id), lte(runTasks.fence, claim.fence)))
    .returning({ id: runTasks.id })
  return claimed.length === 1
}

/** A change by who works on the task: what it cost is only added to. */
export type TaskWrite = Omit<TaskChange, keyof CostAdded> & CostAdded

type CostAdded = { cost?: SQL; unpriced?: SQL }

/** Changes the task while the worker with this fence has it; false when it lost it. */
export async function writeTask(
  tx: Tx,
  id: IdOf<"task">,
  write: { fence: number; set: TaskWrite; at: Date },
): Promise<boolean> {
  const written = await tx.orm
    .update(runTasks)
    .set({ ...write.set, updatedAt: write.at })
    .where(and(eq(runTasks.id, id), eq(runTasks.fence, write.fence)))
    .returning({ id: runTasks.id })
  return written.length === 1
}

/** Adds what an answer of a model cost, if it cost anything or nobody knows what. */
export function costAdded(spent: Pick<Spent, "cost"> | undefined): CostAdded {
  if (!spent || spent.cost === 0) return {}
  return spent.cost === null
    ? { unpriced: sql`${runTasks.unpriced} + 1` }
    : { cost: sql`${runTasks.cost} + ${spent.cost}` }
}

/** Changes those tasks that are in one of the states `from`. */
export async function moveTasks(
  tx: Tx,
  ids: readonly IdOf<"task">[],
  move: { from: readonly TaskRow["state"][]; set: TaskChange; at: Date },
): Promise<number> {
  if (ids.length === 0) return 0
  const moved = await tx.orm
    .update(runTasks)
    .set({ ...move.set, updatedAt: move.at })
    .where(and(inArray(runTasks.id, [...ids]), inArray(runTasks.state, [...move.from])))
    .returning({ id: runTasks.id })
  return moved.length
}

/** Lets tasks start afresh: their journal stays, but their tries are counted from here. */
export async function resetTasks(tx: Tx, ids: readonly IdOf<"task">[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await tx.orm
    .update(runTasks)
    .set({
      state: "waiting",
      evidence: null,
      triesBefore: sql`${runTasks.tries}`,
      commitBefore: null,
      commitAfter: null,
      filesChanged: 0,
      ...noCall,
      startedAt: null,
      finishedAt: null,
      updatedAt: at,
    })
    .where(inArray(runTasks.id, [...ids]))
}
