import type { IdOf } from "@vibecaas/contract/kinds"
import type { ChosenStarter } from "@vibecaas/contract/kinds/starters"
import type { ModelInfo } from "@vibecaas/contract/model-info"
import { invariant } from "@vibecaas/kernel/fault"
import { and, desc, eq, inArray, isNull, lt, or, sql } from "drizzle-orm"
import { runs, runTasks } from "../../db/tables/agents.ts"
import type { Tx } from "../../db/tenant.ts"
import { type RunRow, unfinishedRunStates } from "../run.ts"
import type { RunLimits, RunUse } from "../work/budget.ts"
import type { Spent } from "../work/journal.ts"

export async function findRun(tx: Tx, id: IdOf<"run">): Promise<RunRow | undefined> {
  const [row] = await tx.orm.select().from(runs).where(eq(runs.id, id))
  return row
}

/** The row, locked until the transaction ends. Whoever also locks a task locks the run first. */
export async function lockRun(tx: Tx, id: IdOf<"run">): Promise<RunRow | undefined> {
  const [row] = await tx.orm.select().from(runs).where(eq(runs.id, id)).for("update")
  return row
}

export function listRunsById(tx: Tx, ids: readonly IdOf<"run">[]): Promise<RunRow[]> {
  return tx.orm
    .select()
    .from(runs)
    .where(inArray(runs.id, [...ids]))
}

/** Newest first; `before` is the number of the last run already seen. */
export async function listRuns(
  tx: Tx,
  projectId: IdOf<"project">,
  page: { limit: number; before: number | undefined },
): Promise<RunRow[]> {
  const { before } = page
  const rows = await tx.orm
    .select()
    .from(runs)
    .where(
      and(
        eq(runs.projectId, projectId),
        before === undefined ? undefined : lt(runs.number, before),
      ),
    )
    .orderBy(desc(runs.number))
    .limit(page.limit)
  return rows
}

/** Runs before this one whose files it goes on from: candidates that nobody promoted left none. */
export function listEarlierRuns(tx: Tx, run: RunRow, limit: number): Promise<RunRow[]> {
  const { projectId, number } = run
  const kept = or(isNull(runs.comparisonId), runs.chosen)
  return tx.orm
    .select()
    .from(runs)
    .where(and(eq(runs.projectId, projectId), lt(runs.number, number), kept))
    .orderBy(desc(runs.number))
    .limit(limit)
}

/** The project's unfinished run. Until the transaction ends nobody else can start one. */
export async function lockUnfinishedRun(
  tx: Tx,
  projectId: IdOf<"project">,
): Promise<RunRow | undefined> {
  await tx.orm.execute(
    sql`select pg_advisory_xact_lock(hashtext('project runs'), hashtext(${projectId}))`,
  )
  const [row] = await tx.orm
    .select()
    .from(runs)
    .where(and(eq(runs.projectId, projectId), inArray(runs.state, [...unfinishedRunStates])))
  return row
}

/** Those of the project's runs that have not ended: one at most, or candidates of one comparison. */
export async function listUnfinishedRuns(
  tx: Tx,
  projectId: IdOf<"project">,
): Promise<IdOf<"run">[]> {
  const rows = await tx.orm
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.projectId, projectId), inArray(runs.state, [...unfinishedRunStates])))
  return rows.map(({ id }) => id)
}

export interface NewRun {
  id: IdOf<"run">
  organizationId: IdOf<"organization">
  projectId: IdOf<"project">
  goal: string
  continues: IdOf<"run"> | null
  starter: ChosenStarter | null
  comparisonId: IdOf<"comparison"> | null
  base: string | null
  modelName: string | null
  model: ModelInfo
  startedById: string
  startedByName: string
  limits: RunLimits
  createdAt: Date
}

/** Answers the row as it was written, with its number. */
export async function insertRun(tx: Tx, run: NewRun): Promise<RunRow> {
  const { model, limits, ...row } = run
  const made = await tx.orm
    .insert(runs)
    .values({
      ...row,
      ...limits,
      number: sql`(select coalesce(max(number), 0) + 1 from runs where project_id = ${run.projectId})`,
      state: "queued",
      modelProvider: model.provider,
      modelId: model.model,
      modelSimulated: model.simulated,
      modelLabel: model.label,
      updatedAt: run.createdAt,
    })
    .returning()
  const inserted = made[0]
  invariant(inserted, "an insert answers its row")
  return inserted
}

export type RunChange = Partial<
  Pick<
    RunRow,
    | "state"
    | "wanted"
    | "summary"
    | "clauses"
    | "filler"
    | "failure"
    | "commit"
    | "promoting"
    | "redirect"
    | "provedAt"
    | "startedById"
    | "startedByName"
    | keyof RunLimits
    | "startedAt"
    | "finishedAt"
  >
>

/** Changes the run when it still is in `from`; false when somebody else was faster. */
export async function moveRun(
  tx: Tx,
  id: IdOf<"run">,
  move: { from: RunRow["state"]; set: RunChange; at: Date },
): Promise<boolean> {
  const moved = await tx.orm
    .update(runs)
    .set({ ...move.set, updatedAt: move.at })
    .where(and(eq(runs.id, id), eq(runs.state, move.from)))
    .returning({ id: runs.id })
  return moved.length === 1
}

/** Says whether a person wants this candidate promoted. */
export async function markChosen(tx: Tx, id: IdOf<"run">, chosen: boolean): Promise<void> {
  await tx.orm.update(runs).set({ chosen }).where(eq(runs.id, id))
}

interface AddedCall {
  spent: Spent | undefined
  durationMs: number
  /** the newest of the project */
  commit: string | null
  /** the first moment of the month in which it ended */
  month: Date
}

const addUse = `
  with added as (
    update runs set input_tokens = input_tokens + $2::bigint,
      cached_input_tokens = cached_input_tokens + $3::bigint,
      output_tokens = output_tokens + $4::bigint, worked_ms = worked_ms + $5::bigint,
      commit = coalesce($6, commit)
    where id = $1
    returning organization_id, project_id
  )
  insert into project_months as m (organization_id, project_id, month, tokens, cost, ms)
  select organization_id, project_id, $8, $2::bigint + $4::bigint, $7::bigint, $5::bigint from added
  on conflict (project_id, month) do update set tokens = m.tokens + excluded.tokens,
    cost = m.cost + excluded.cost, ms = m.ms + excluded.ms
  returning m.project_id`

/**
 * Adds what a call used to its run and to its project's month, and the newest commit; false when the
 * run is gone. Locks its row.
 */
export async function addToRun(
  tx: Tx,
  id: IdOf<"run">,
  { spent, durationMs, commit, month }: AddedCall,
): Promise<boolean> {
  const { input = 0, cacheRead = 0, output = 0, cost } = spent ?? {}
  const ms = Math.round(durationMs)
  const values = [id, input, cacheRead, output, ms, commit, cost ?? 0, month]
  const added = await tx.query({ name: "runs_add_use", text: addUse }, values)
  return added.length === 1
}

/** What the run used, with what is set aside for calls that are under way, but for one task's own. */
export async function usedByRun(tx: Tx, run: RunRow, exceptTaskId: IdOf<"task">): Promise<RunUse> {
  const others = sql`filter (where ${runTasks.id} <> ${exceptTaskId})`
  const [row] = await tx.orm
    .select({
      tokens: sql<string>`coalesce(sum(${runTasks.reservedTokens}) ${others}, 0)`,
      cost: sql<string>`coalesce(sum(${runTasks.reservedCost}) ${others}, 0) + coalesce(sum(${runTasks.cost}), 0)`,
    })
    .from(runTasks)
    .where(eq(runTasks.runId, run.id))
  return {
    tokens: run.inputTokens + run.outputTokens + Number(row?.tokens ?? 0),
    cost: Number(row?.cost ?? 0),
    ms: run.workedMs,
  }
}

/** The run with its tasks and journal; false when it was gone already. */
export async function deleteRun(tx: Tx, id: IdOf<"run">): Promise<boolean> {
  const deleted = await tx.orm.delete(runs).where(eq(runs.id, id)).returning({ id: runs.id })
  return deleted.length === 1
}
