import { dataModel } from "@vibecaas/contract/data-model"
import { settleChange } from "@vibecaas/contract/data-model-change"
import type { IdOf } from "@vibecaas/contract/kinds"
import type { ChosenStarter } from "@vibecaas/contract/kinds/starters"
import type { StarterValues } from "@vibecaas/contract/starter-form"
import { fault } from "@vibecaas/kernel/fault"
import { modelParameter, stillFitting, valuesOf } from "@vibecaas/starters/files-of"
import type { Starter } from "@vibecaas/starters/starter"
import type { Ctx } from "../../core/ctx.ts"
import { record } from "../../core/record.ts"
import { needLivingProject } from "../../projects/index.ts"
import type { AgentsParts } from "../agents-parts.ts"
import { needBudget } from "../project-budget.ts"
import { endProposal, findProposal, lockProposal } from "../queries/proposals.ts"
import { beginRun, refuseSecondRun } from "../start-run.ts"
import { brief } from "../whole-words.ts"
import { accountOf, choiceOf, known, mustAllow, type ProposalRow, sameValue } from "./proposal.ts"
import { type MadeOf, readShelf, type StarterShelf } from "./starter-shelf.ts"
import { tellProposal } from "./tell-proposal.ts"

interface Confirmation {
  proposalId: IdOf<"proposal">
  starter: ChosenStarter
  /** what its run was asked for with the prompt already */
  beginsWith?: ChosenStarter | undefined
}

export type ProposalParts = Pick<AgentsParts, "models" | "budgets" | "starters" | "repositories">

/**
 * Has a run build what a person confirmed: the starter with these values. What else the prompt says
 * is on the run as not built.
 *
 * @throws Fault `not_found`, `run_in_progress`, `quota_exceeded`; `wrong_state` when it is over, or the
 * project has changed since; `invalid` when there is no such starter or a value does not fit
 */
export async function confirmProposal(
  ctx: Ctx,
  parts: ProposalParts,
  { proposalId, starter: chosen, beginsWith }: Confirmation,
): Promise<ProposalRow> {
  const row = known(await lockProposal(ctx.db, proposalId))
  mustAllow(row, "confirm")
  const { projectId, goal, attachments } = row
  const shelf = await readShelf(parts.starters)
  const starter = needStarter(shelf, chosen.id, row)
  const before = stillFitting(starter, row.before?.parameters ?? {})
  const parameters = settled(starter, {
    before: row.before && before,
    after: valuesOf(starter, { ...before, ...chosen.parameters }),
  })
  await needLivingProject(ctx, projectId)
  await refuseSecondRun(ctx, projectId)
  const made = await shelf.madeOf(parts.repositories.of(projectId))
  mustBeAsProposed(made, row.before && { id: starter.id, parameters: valuesOf(starter, before) })
  await needBudget(ctx, projectId)
  const run = await beginRun(ctx, parts, { projectId, goal, attachments, starter: beginsWith })
  const asChosen = { ...row, chosen: { id: starter.id, parameters } }
  const ended = await endProposal(ctx.db, row.id, {
    at: ctx.clock.now(),
    set: {
      ...{ state: "confirmed", chosen: asChosen.chosen, runId: run.id },
      account: accountOf(choiceOf(starter, asChosen)),
    },
  })
  recordOn(ctx, ended, "proposal.confirm")
  await tellProposal(ctx, shelf, ended)
  return ended
}

/**
 * The values as they are written: a changed data model keeps what removed fields and lists leave.
 *
 * @throws Fault `invalid` when records could not be taken along
 */
function settled(
  starter: Starter,
  { before, after }: { before: StarterValues | null; after: StarterValues },
): StarterValues {
  const kept = modelParameter(starter)
  const [old, next] = [kept && before?.[kept.name], kept && after[kept.name]]
  if (!kept || old === undefined) return after
  // Both were checked against the parameter.
  const { model, problems } = settleChange(dataModel.parse(old), dataModel.parse(next))
  const [wrong] = problems
  if (!wrong) return { ...after, [kept.name]: model }
  const fields = { [`/starter/parameters/${kept.name}/${wrong.path.join("/")}`]: wrong.message }
  throw fault("invalid", { say: wrong.message, fields })
}

/**
 * @param before what the project was made of; null: it was empty
 * @throws Fault `wrong_state`
 */
function mustBeAsProposed(made: MadeOf, before: ChosenStarter | null): void {
  const same = before
    ? made.kind === "starter" && sameValue(made.now, before)
    : made.kind === "empty"
  if (same) return
  throw fault("wrong_state", {
    say: "The project has changed since this was proposed. Ask again.",
  })
}

/** @throws Fault `not_found`, `wrong_state` */
export async function declineProposal(
  ctx: Ctx,
  { starters }: Pick<ProposalParts, "starters">,
  id: IdOf<"proposal">,
): Promise<ProposalRow> {
  const row = known(await lockProposal(ctx.db, id))
  mustAllow(row, "decline")
  const at = ctx.clock.now()
  const ended = await endProposal(ctx.db, id, { set: { state: "declined" }, at })
  recordOn(ctx, ended, "proposal.decline")
  await tellProposal(ctx, await readShelf(starters), ended)
  return ended
}

/** @throws Fault `not_found` */
export async function needProposal(ctx: Ctx, id: IdOf<"proposal">): Promise<ProposalRow> {
  return known(await findProposal(ctx.db, id))
}

/**
 * @throws Fault `invalid` when there is none of that id, or the project is made of another one
 */
export function needStarter(
  shelf: Pick<StarterShelf, "starter">,
  id: string,
  { before }: Pick<ProposalRow, "before">,
): Starter {
  const starter = shelf.starter(id)
  const fields = { "/starter/id": "Choose one of the starters that there are." }
  if (!starter) throw fault("invalid", { say: `There is no starter “${id}”.`, fields })
  if (before && before.id !== id) {
    throw fault("invalid", {
      say: "This project is made of another starter already. Begin a new project with this one.",
      fields,
    })
  }
  return starter
}

function recordOn(ctx: Ctx, row: ProposalRow, action: string): void {
  const { id, goal, projectId, runId, chosen } = row
  const about = brief(goal.replaceAll(/\s+/g, " "), 100)
  const details = { about, projectId, runId, ...(chosen ? { starter: chosen.id } : {}) }
  record(ctx, { action, subject: id, details })
}
