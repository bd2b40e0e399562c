import type { IdOf } from "@vibecaas/contract/kinds"
import type { ChosenStarter } from "@vibecaas/contract/kinds/starters"
import { fault } from "@vibecaas/kernel/fault"
import {
  declineForeign,
  type Proposed,
  propose,
  proposeChange,
  proposeChosen,
} from "@vibecaas/starters/match/propose"
import type { Starter } from "@vibecaas/starters/starter"
import type { Ctx } from "../../core/ctx.ts"
import { record } from "../../core/record.ts"
import { needLivingProject } from "../../projects/index.ts"
import { plansByStarters } from "../models/plans-by-starters.ts"
import { needRun } from "../need-run.ts"
import { insertProposal } from "../queries/proposals.ts"
import type { RunRow } from "../run.ts"
import { refuseSecondRun } from "../start-run.ts"
import { brief } from "../whole-words.ts"
import { confirmProposal, type ProposalParts } from "./confirm-proposal.ts"
import { choiceOf, type ProposalRow } from "./proposal.ts"
import { replaceProposals } from "./replace-proposals.ts"
import { type MadeOf, readShelf, type StarterShelf } from "./starter-shelf.ts"
import { tellProposal } from "./tell-proposal.ts"

export interface ProposalRequest {
  projectId: IdOf<"project">
  goal: string
  attachments?: readonly IdOf<"attachment">[] | undefined
  /** `auto` builds at once what clearly fits */
  confirm: "ask" | "auto"
  /** what was chosen already, and is built at once unless the prompt is declined */
  starter?: ChosenStarter | undefined
}

/**
 * Finds what starters can make of a prompt, in place of what waits on the project.
 *
 * @throws Fault `not_found`, `run_in_progress`; `wrong_state` where a language model plans
 */
export async function makeProposal(
  ctx: Ctx,
  parts: ProposalParts,
  request: ProposalRequest,
): Promise<ProposalRow> {
  if (!plansByStarters(parts.models)) {
    throw fault("wrong_state", {
      say: "A language model plans here: ask the agents for a run instead of a proposal.",
    })
  }
  await needLivingProject(ctx, request.projectId)
  await refuseSecondRun(ctx, request.projectId)
  return beginProposal(ctx, parts, request)
}

/** The same on a project that is known to live and to have no unfinished run. */
export async function beginProposal(
  ctx: Ctx,
  parts: ProposalParts,
  request: ProposalRequest,
): Promise<ProposalRow> {
  const shelf = await readShelf(parts.starters)
  const { projectId, goal, attachments = [] } = request
  const at = ctx.clock.now()
  await replaceProposals(ctx, parts, projectId)
  const made = await shelf.madeOf(parts.repositories.of(projectId))
  const found = foundFor(shelf, request, made)
  const { language } = found
  const declined = found.outcome === "declined"
  const row = await insertProposal(ctx.db, {
    ...{ id: ctx.newId("prp"), organizationId: ctx.organizationId, projectId, goal, language },
    attachments: [...attachments],
    state: declined ? "declined" : "waiting",
    reason: declined ? found.reason : null,
    clear: !declined && found.clear,
    starters: declined ? [] : found.starters,
    before: made.kind === "starter" ? made.now : null,
    startedByName: ctx.actor.name,
    createdAt: at,
    ...(declined ? { endedAt: at } : {}),
  })
  const details = { about: brief(goal.replaceAll(/\s+/g, " "), 100), projectId, state: row.state }
  record(ctx, { action: "proposal.make", subject: row.id, details })
  await tellProposal(ctx, shelf, row)
  return confirmAtOnce(ctx, parts, { row, request, best: shelf.starter(row.starters[0] ?? "") })
}

/**
 * Confirms what was chosen, or clearly fits when nobody wants to be asked; else leaves it as it is.
 * What was chosen counts before what the prompt says.
 */
async function confirmAtOnce(
  ctx: Ctx,
  parts: ProposalParts,
  { row, request, best }: { row: ProposalRow; request: ProposalRequest; best: Starter | undefined },
): Promise<ProposalRow> {
  const { starter: chosen, confirm } = request
  const sure = chosen !== undefined || (confirm === "auto" && row.clear)
  if (!best || !sure) return row
  const parameters = { ...choiceOf(best, row).values, ...chosen?.parameters }
  const starter = { id: best.id, parameters }
  return confirmProposal(ctx, parts, { proposalId: row.id, starter, beginsWith: chosen })
}

/**
 * What the agents are asked for where no language model plans: the run that builds what was confirmed
 * at once, or else the proposal.
 *
 * @throws Fault `invalid` when a prompt with a chosen starter is declined; else as `makeProposal`
 */
export async function askByStarters(
  ctx: Ctx,
  parts: ProposalParts,
  request: ProposalRequest,
): Promise<{ run: RunRow } | { proposal: ProposalRow }> {
  const proposal = await makeProposal(ctx, parts, request)
  const { reason, runId } = proposal
  if (request.starter && reason !== null)
    throw fault("invalid", { say: reason, fields: { "/goal": reason } })
  return runId ? { run: await needRun(ctx, runId) } : { proposal }
}

function foundFor(shelf: StarterShelf, request: ProposalRequest, made: MadeOf): Proposed {
  const { goal, starter } = request
  if (made.kind === "foreign") return declineForeign(shelf, goal)
  if (starter) return proposeChosen(shelf, goal, starter.id)
  if (made.kind === "empty") return propose(shelf, goal)
  return proposeChange(shelf, goal, { starter: made.starter, now: made.now.parameters })
}
