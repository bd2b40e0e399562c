import { isFault } from "@vibecaas/kernel/fault"
import type { LoopDefinition, Turn } from "@vibecaas/reconcile/loop"
import type { Ctx } from "../../core/ctx.ts"
import { releaseHold } from "../../core/holds.ts"
import { record } from "../../core/record.ts"
import { inTurn } from "../../core/resource.ts"
import { worldLoop } from "../../core/resource-loop.ts"
import { needProject } from "../../projects/index.ts"
import type { AgentsParts } from "../agents-parts.ts"
import { stopRun } from "../cancel-run.ts"
import { deleteComparison, listCandidates, moveComparison } from "../queries/comparisons.ts"
import { markChosen } from "../queries/runs.ts"
import { unfinishedRunStates } from "../run.ts"
import { runChanged } from "../tell.ts"
import type { ComparisonRow } from "./comparison.ts"
import { comparisonChanged, comparisonResource } from "./comparison-resource.ts"
import {
  type ComparisonStep,
  nextComparisonStep,
  type SeenComparison,
} from "./next-comparison-step.ts"

/**
 * Brings comparisons forward by what their candidates say: waits for a person once all are done, lets
 * the chosen one take the live app's place, and ends the others when people have it.
 */
export function comparisonLoop(parts: AgentsParts): LoopDefinition {
  return worldLoop<ComparisonRow, SeenComparison, ComparisonStep>(parts, {
    of: comparisonResource,
    description: "Waits for a choice between candidates, promotes it and ends the others",
    concurrency: 4,
    due: parts.due.comparisons,
    look: (row, turn) => look(parts, row, turn),
    next: nextComparisonStep,
    take: (step, found) => take(parts, step, found),
    ending: async (ctx, row) => (await needProject(ctx, row.projectId)).wanted === "gone",
    fail: (ctx, row, { say }) => fail(ctx, row, say),
  })
}

async function look(parts: AgentsParts, row: ComparisonRow, turn: Turn): Promise<SeenComparison> {
  const { projectId } = row
  // git is asked outside of any transaction: it starts a process.
  const head = row.state === "promoting" ? await parts.repositories.of(projectId).head() : row.base
  return inTurn(parts, turn, async (ctx) => ({
    candidates: await listCandidates(ctx.db, [row.id]),
    head,
    live: await parts.machines.liveCommit(ctx, projectId),
    going: (await needProject(ctx, projectId)).wanted === "gone",
  }))
}

async function take(
  parts: AgentsParts,
  step: ComparisonStep,
  { turn, row }: { turn: Turn; row: ComparisonRow },
): Promise<void> {
  // Both only from where the files were seen to be: whoever was faster is seen by the next look.
  if (step.do === "bring" || step.do === "take-back") {
    return unlessMoved(parts.repositories.of(row.projectId).reset(step.from, step.commit))
  }
  return inTurn(parts, turn, (ctx) => write(ctx, step, row))
}

/** @throws whatever it failed with, but that somebody was faster */
async function unlessMoved(moved: Promise<void>): Promise<void> {
  try {
    await moved
  } catch (error) {
    if (!isFault(error, "conflict")) throw error
  }
}

async function write(
  ctx: Ctx,
  step: Exclude<ComparisonStep, { do: "bring" | "take-back" }>,
  row: ComparisonRow,
): Promise<void> {
  switch (step.do) {
    case "observe":
      return move(ctx, row, { state: step.state })
    case "stop":
      for (const id of step.ids) await stopRun(ctx, id, step.why)
      return
    case "release":
      return choose(ctx, step.id, true)
    case "unchoose":
      if (row.chosen !== null) await choose(ctx, row.chosen, false)
      return move(ctx, row, { state: "running", chosen: null, failure: step.why })
    case "finish":
      return finish(ctx, row, step)
    case "tear-down": {
      const { id, projectId } = row
      await deleteComparison(ctx.db, id)
      const on = { loop: "projects", id: projectId } as const
      return releaseHold(ctx, { on, by: { loop: "comparisons", id } })
    }
  }
}

async function move(
  ctx: Ctx,
  row: ComparisonRow,
  set: Parameters<typeof moveComparison>[2]["set"],
): Promise<void> {
  await moveComparison(ctx.db, row, { set, at: ctx.clock.now() })
  comparisonChanged(ctx, row.id)
}

async function choose(ctx: Ctx, id: NonNullable<ComparisonRow["chosen"]>, chosen: boolean) {
  await markChosen(ctx.db, id, chosen)
  ctx.wake("runs", id)
  runChanged(ctx, id)
}

async function finish(
  ctx: Ctx,
  row: ComparisonRow,
  { state, failure }: Extract<ComparisonStep, { do: "finish" }>,
): Promise<void> {
  await move(ctx, row, { state, failure, finishedAt: ctx.clock.now() })
  const details = { about: await comparisonResource.about(ctx, row), state }
  record(ctx, { action: "comparison.finish", subject: row.id, details })
}

/** It failed for a reason outside of its candidates: all stop but one that is on its way to people. */
async function fail(ctx: Ctx, row: ComparisonRow, failure: string): Promise<void> {
  if (row.finishedAt !== null) return
  for (const run of await listCandidates(ctx.db, [row.id])) {
    if (unfinishedRunStates.includes(run.state) && !run.chosen) await stopRun(ctx, run.id, failure)
  }
  await finish(ctx, row, { do: "finish", state: "failed", failure })
}
