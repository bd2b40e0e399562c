import type { IdOf } from "@vibecaas/contract/kinds"
import { fault, isFault } from "@vibecaas/kernel/fault"
import { actorNamed, type Ctx } from "../core/ctx.ts"
import { want } from "../core/resource.ts"
import { needLivingProject } from "../projects/index.ts"
import { cancelRun } from "./cancel-run.ts"
import { plansByStarters } from "./models/plans-by-starters.ts"
import { needRun } from "./need-run.ts"
import { needBudget } from "./project-budget.ts"
import type { ProposalParts } from "./proposals/confirm-proposal.ts"
import { beginProposal } from "./proposals/make-proposal.ts"
import { replaceProposals } from "./proposals/replace-proposals.ts"
import { lockRun, moveRun } from "./queries/runs.ts"
import { mustAllow, type RunRow } from "./run.ts"
import { runResource } from "./run-resource.ts"
import { beginRun, needMonth, type StartParts } from "./start-run.ts"

interface RedirectRequest {
  runId: IdOf<"run">
  goal: string
  attachments?: IdOf<"attachment">[] | undefined
  /** whether the run is stopped for it, or ends first */
  when?: "now" | "after"
}

/**
 * Asks for a run to stop and make way for another goal, which starts from the files it left as soon
 * as nobody works on it any more; or for that goal to begin after it. The last goal counts.
 *
 * @throws Fault `not_found`, `wrong_state` when the run is over, `quota_exceeded`
 */
export async function redirectRun(
  ctx: Ctx,
  parts: StartParts,
  { runId, goal, attachments = [], when = "now" }: RedirectRequest,
): Promise<RunRow> {
  const run = await needRun(ctx, runId)
  if (run.comparisonId !== null) {
    throw fault("wrong_state", {
      say: "A candidate works on what all of its comparison do. Cancel the comparison, then ask for something else.",
    })
  }
  await needMonth(ctx, parts.models)
  const { id, name } = ctx.actor
  const redirect = { goal, byId: id ?? name, byName: name, attachments }
  if (when === "now") return cancelRun(ctx, runId, redirect)
  return followRun(ctx, runId, { ...redirect, after: true })
}

/** Keeps what is to begin once a run has ended; one that is being stopped has its next already, or none. */
async function followRun(
  ctx: Ctx,
  id: IdOf<"run">,
  redirect: NonNullable<RunRow["redirect"]>,
): Promise<RunRow> {
  await lockRun(ctx.db, id)
  const run = await needRun(ctx, id)
  mustAllow(run, "cancel")
  if (run.wanted === "cancelled") {
    throw fault("wrong_state", { say: "The run is being stopped. Ask again once it has ended." })
  }
  return want(ctx, runResource, {
    action: "run.redirect",
    details: { projectId: run.projectId, goal: redirect.goal },
    write: async () => {
      await moveRun(ctx.db, id, { from: run.state, set: { redirect }, at: ctx.clock.now() })
      return { ...run, redirect }
    },
  })
}

/**
 * Starts what a stopped run made way for, or what was asked to follow it, with the starter that it was to begin with, or proposes it
 * where no language model plans; when that cannot be, the run says why.
 */
export async function followRedirect(ctx: Ctx, parts: ProposalParts, run: RunRow): Promise<void> {
  if (!run.redirect) return
  const { goal, byId, byName, attachments, after } = run.redirect
  const asked = { projectId: run.projectId, goal, attachments, starter: run.starter ?? undefined }
  const actor = actorNamed(byId, byName)
  const { projectId, id: continues } = run
  const by = { ...ctx, actor }
  try {
    await needLivingProject(ctx, projectId)
    await needBudget(ctx, projectId)
    if (plansByStarters(parts.models)) {
      await beginProposal(by, parts, { ...asked, confirm: "ask" })
      return
    }
    await beginRun(by, parts, after ? asked : { ...asked, continues })
    await replaceProposals(ctx, parts, projectId)
  } catch (error) {
    if (!isFault(error)) throw error
    const said = after
      ? `What was asked to follow it, “${goal}”, could not start: ${error.say}`
      : `It was stopped for another goal, which could not start: ${error.say}`
    const set = { failure: run.failure ? `${run.failure} ${said}` : said }
    await moveRun(ctx.db, run.id, { from: run.state, set, at: ctx.clock.now() })
  }
}
