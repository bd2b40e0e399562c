import type { FileDiff } from "@vibecaas/contract/commits"
import type { IdOf } from "@vibecaas/contract/kinds"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { Page } from "@vibecaas/contract/paging"
import type { Step } from "@vibecaas/contract/run-step"
import { fault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import type { Ctx } from "../core/ctx.ts"
import { decodeCursor, takePage } from "../core/cursor.ts"
import type { Repositories } from "../projects/index.ts"
import { changedPaths } from "./changed-paths.ts"
import { needRun } from "./need-run.ts"
import { rowsOf, rowsOfRuns } from "./queries/rows-of-runs.ts"
import { listRuns } from "./queries/runs.ts"
import { listSteps, listTaskSteps } from "./queries/steps.ts"
import { findTask } from "./queries/tasks.ts"
import { type RunRow, showRun } from "./run.ts"
import { showStep } from "./step.ts"

export interface PageRequest {
  limit: number
  cursor: string | undefined
}

/** The run with its tasks. */
export async function readRun(ctx: Ctx, run: RunRow): Promise<Run> {
  return showRun(run, await rowsOf(ctx, run.id))
}

const runCursor = z.object({ number: z.number().int() })
const stepCursor = z.object({ sequence: z.number().int() })

/** A project's runs, newest first. */
export async function readRuns(
  ctx: Ctx,
  projectId: IdOf<"project">,
  page: PageRequest,
): Promise<Page<Run>> {
  const before = decodeCursor(runCursor, page.cursor)?.number
  const rows = await listRuns(ctx.db, projectId, { limit: page.limit + 1, before })
  const shownWith = await rowsOfRuns(
    ctx,
    rows.map(({ id }) => id),
  )
  return takePage(rows, page.limit, {
    show: (run) => showRun(run, shownWith(run.id)),
    position: ({ number }) => ({ number }),
  })
}

/** A run's journal, oldest first. */
export async function readSteps(
  ctx: Ctx,
  runId: IdOf<"run">,
  page: PageRequest,
): Promise<Page<Step>> {
  const after = decodeCursor(stepCursor, page.cursor)?.sequence
  const rows = await listSteps(ctx.db, runId, { limit: page.limit + 1, after })
  return takePage(rows, page.limit, {
    show: showStep,
    position: ({ sequence }) => ({ sequence }),
  })
}

/**
 * What one task changed: of the files its own calls touched, how they differ between the commit it
 * began at and its last one. Other tasks may have committed in between.
 *
 * @throws Fault `not_found`
 */
export async function readTaskDiff(
  ctx: Ctx,
  repositories: Repositories,
  of: { runId: IdOf<"run">; taskId: IdOf<"task"> },
): Promise<FileDiff[]> {
  const run = await needRun(ctx, of.runId)
  const task = await findTask(ctx.db, of.taskId)
  if (task?.runId !== run.id) throw fault("not_found", { say: "There is no such task." })
  const steps = await listTaskSteps(ctx.db, task.id, task.triesBefore)
  const newest = steps.findLast(({ commitAfter }) => commitAfter)?.commitAfter
  if (!newest) return []
  const paths = changedPaths(steps)
  const files = await repositories.of(run.projectId).diff(task.commitBefore, newest)
  return files.filter(({ path }) => paths.has(path))
}
