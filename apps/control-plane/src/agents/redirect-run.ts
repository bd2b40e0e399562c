import type { IdOf } from "@vibecaas/contract/kinds"
import { fault, isFault } from "@vibecaas/kernel/fault"
import type { Actor, Ctx } from "../core/ctx.ts"
import { needLivingProject } from "../projects/index.ts"
import { cancelRun } from "./cancel-run.ts"
import { needRun } from "./need-run.ts"
import { needBudget } from "./project-budget.ts"
import { replaceProposals } from "./proposals/replace-proposals.ts"
import { moveRun } from "./queries/runs.ts"
import type { RunRow } from "./run.ts"
import { beginRun, needMonth, type StartParts } from "./start-run.ts"

interface RedirectRequest {
  runId: IdOf<"run">
  goal: string
  attachments?: IdOf<"attachment">[] | undefined
}

/**
 * Asks for a run to stop and make way for another goal, which starts from the files it left as soon
 * as nobody works on it any more. The last goal counts.
 *
 * @throws Fault `not_found`, `wrong_state` when the run is over, `quota_exceeded`
 */
export async function redirectRun(
  ctx: Ctx,
  parts: StartParts,
  { runId, goal, attachments = [] }: RedirectRequest,
): Promise<RunRow> {
  const run = await needRun(ctx, runId)
  if (run.comparisonId !== null) {
    throw fault("wrong_state", {
      say: "A candidate works on what all of its comparison do. Cancel the comparison, then ask for something else.",
    })
  }
  await needMonth(ctx, parts.models)
  const { id, name } = ctx.actor
  return cancelRun(ctx, runId, { goal, byId: id ?? name, byName: name, attachments })
}

/** Starts what a stopped run made way for; when that cannot be, the stopped run says why. */
export async function followRedirect(ctx: Ctx, parts: StartParts, run: RunRow): Promise<void> {
  if (!run.redirect) return
  const { goal, byId, byName, attachments } = run.redirect
  const actor: Actor = { kind: "user", id: byId, name: byName, ip: null, requestId: null }
  const { projectId, id: continues } = run
  try {
    await needLivingProject(ctx, projectId)
    await needBudget(ctx, projectId)
    await beginRun({ ...ctx, actor }, parts, { projectId, goal, continues, attachments })
    await replaceProposals(ctx, parts, projectId)
  } catch (error) {
    if (!isFault(error)) throw error
    const set = { failure: `It was stopped for another goal, which could not start: ${error.say}` }
    await moveRun(ctx.db, run.id, { from: "cancelled", set, at: ctx.clock.now() })
  }
}
