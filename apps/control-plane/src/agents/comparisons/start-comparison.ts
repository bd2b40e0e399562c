import type { IdOf } from "@vibecaas/contract/kinds"
import type { ChosenStarter } from "@vibecaas/contract/kinds/starters"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../../core/ctx.ts"
import { placeHold } from "../../core/holds.ts"
import { record } from "../../core/record.ts"
import { needLivingProject } from "../../projects/index.ts"
import type { AgentsParts } from "../agents-parts.ts"
import { type Models, modelsOf } from "../models/model.ts"
import { plansByStarters } from "../models/plans-by-starters.ts"
import { needBudget } from "../project-budget.ts"
import { replaceProposals } from "../proposals/replace-proposals.ts"
import { insertComparison } from "../queries/comparisons.ts"
import { beginRun, refuseSecondRun } from "../start-run.ts"
import type { ComparisonRow } from "./comparison.ts"
import { comparisonChanged, comparisonResource } from "./comparison-resource.ts"

export type CompareParts = Pick<AgentsParts, "models" | "budgets" | "machines" | "starters">

export interface ComparisonRequest {
  projectId: IdOf<"project">
  goal: string
  /** files that were uploaded for it: each candidate gets all of them */
  attachments?: readonly IdOf<"attachment">[] | undefined
  starter?: ChosenStarter | undefined
  /** each with the name of the model that all of its roles ask; null: those that are set for them */
  candidates: readonly { model: string | null }[]
  /** the project's newest commit */
  base: string | null
}

/**
 * Asks for a goal to be worked on several times, each apart from the others, in place of proposals
 * that wait on the project; each counts as a run against the organization's limits.
 *
 * @throws Fault `not_found`, `wrong_state`, `run_in_progress`, `quota_exceeded`, `invalid`
 */
export async function startComparison(
  ctx: Ctx,
  parts: CompareParts,
  request: ComparisonRequest,
): Promise<ComparisonRow> {
  await needLivingProject(ctx, request.projectId)
  await refuseSecondRun(ctx, request.projectId)
  await needBudget(ctx, request.projectId)
  await replaceProposals(ctx, parts, request.projectId)
  return beginComparison(ctx, parts, request)
}

/**
 * The same on a project that is known to live and to have no unfinished run.
 *
 * @throws Fault `quota_exceeded`; `invalid` when there is no such model or file
 */
export async function beginComparison(
  ctx: Ctx,
  parts: CompareParts,
  { projectId, goal, attachments, starter, candidates, base }: ComparisonRequest,
): Promise<ComparisonRow> {
  mustKnow(parts.models, candidates)
  mustPlan(parts.models, candidates)
  const id = ctx.newId("cmp")
  const row = await insertComparison(ctx.db, {
    ...{ id, organizationId: ctx.organizationId, projectId, goal, base },
    state: "running",
    liveBefore: await parts.machines.liveCommit(ctx, projectId),
    startedByName: ctx.actor.name,
    createdAt: ctx.clock.now(),
  })
  const by = { loop: "comparisons", id } as const
  await placeHold(ctx, { on: { loop: "projects", id: projectId }, by })
  const details = { about: await comparisonResource.about(ctx, row), projectId }
  record(ctx, { action: "comparison.start", subject: id, details })
  let beside: IdOf<"run"> | undefined
  for (const { model: modelName } of candidates) {
    const models = modelsOf(parts.models, { modelName })
    const candidate = { comparisonId: id, base, modelName }
    const asked = { projectId, goal, attachments, starter, candidate, beside }
    const run = await beginRun(ctx, { ...parts, models }, asked)
    beside ??= run.id
  }
  comparisonChanged(ctx, id)
  return row
}

/**
 * Fixed rules build nothing that nobody confirmed, and the same each time.
 *
 * @throws Fault `invalid`
 */
function mustPlan(models: Models, candidates: ComparisonRequest["candidates"]): void {
  const at = candidates.findIndex(({ model: modelName }) =>
    plansByStarters(modelsOf(models, { modelName })),
  )
  if (at < 0) return
  throw fault("invalid", {
    say: "No language model plans for one of the candidates, and without one they would all be the same. Ask without a comparison, or choose a model for each.",
    fields: { [`/candidates/${at}/model`]: "Choose a language model." },
  })
}

/** @throws Fault `invalid` */
function mustKnow(models: Models, candidates: ComparisonRequest["candidates"]): void {
  const names = new Set(models.choices?.())
  const at = candidates.findIndex(({ model }) => model !== null && !names.has(model))
  if (at < 0) return
  throw fault("invalid", {
    say: `There is no model “${candidates[at]?.model}” to choose here.`,
    fields: { [`/candidates/${at}/model`]: "Choose one of the models that are offered." },
  })
}
