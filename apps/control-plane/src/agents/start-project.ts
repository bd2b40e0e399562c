import type { IdOf } from "@vibecaas/contract/kinds"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { ChosenStarter } from "@vibecaas/contract/kinds/starters"
import { fault } from "@vibecaas/kernel/fault"
import { filesOf } from "@vibecaas/starters/files-of"
import type { Starter } from "@vibecaas/starters/starter"
import { commitAndStart } from "../apps/index.ts"
import type { Ctx } from "../core/ctx.ts"
import {
  type CommitParts,
  createProject,
  type ProjectRow,
  settleProject,
} from "../projects/index.ts"
import { chooseStarter } from "../starters/index.ts"
import type { ComparisonRow } from "./comparisons/comparison.ts"
import {
  beginComparison,
  type CompareParts,
  type ComparisonRequest,
} from "./comparisons/start-comparison.ts"
import { plansByStarters } from "./models/plans-by-starters.ts"
import type { ProposalParts } from "./proposals/confirm-proposal.ts"
import { beginProposal } from "./proposals/make-proposal.ts"
import type { ProposalRow } from "./proposals/proposal.ts"
import { findRun } from "./queries/runs.ts"
import type { RunRow } from "./run.ts"
import { beginRun } from "./start-run.ts"
import { wholeWords } from "./whole-words.ts"

export interface ProjectRequest {
  name?: string | undefined
  prompt?: string | undefined
  attachments?: readonly IdOf<"attachment">[] | undefined
  preview: Project["preview"]
  /** the app that it begins with; with a prompt, what the agents are told to begin with */
  starter?: ChosenStarter | undefined
  /** the candidates that work on the prompt, each apart; one run when absent */
  compare?: ComparisonRequest["candidates"] | undefined
  /** where no language model plans: who confirms the proposal that the prompt leads to */
  confirm?: "ask" | "auto" | undefined
}

export interface BegunProject {
  project: ProjectRow
  run?: RunRow | undefined
  comparison?: ComparisonRow
  proposal?: ProposalRow
}

export type ProjectParts = CompareParts & CommitParts & ProposalParts

/**
 * Creates a project and what it begins with, all or nothing: with a prompt the run or the
 * comparison that builds it, or the proposal of what can be built, with a starter alone its app, which starts at once.
 *
 * @throws Fault `quota_exceeded`, `invalid` when a file that comes with it, a model or a starter is
 * not there, a value does not fit the starter, or we decline the prompt: what nothing can be built of
 * leaves no project behind
 */
export async function startProject(
  ctx: Ctx,
  parts: ProjectParts,
  request: ProjectRequest,
): Promise<BegunProject> {
  const { prompt, preview, attachments } = request
  if (prompt === undefined && attachments && attachments.length > 0) {
    throw fault("invalid", { say: "Files are given with a prompt: say what to do with them." })
  }
  const starter = request.starter && (await chooseStarter(ctx, parts.starters, request.starter))
  refuseOwn(prompt === undefined ? undefined : request.starter)
  const named = prompt === undefined ? starter?.name.en : firstWords(prompt)
  const name = request.name ?? named ?? firstWords("")
  const nameGiven = request.name !== undefined
  const created = await createProject(ctx, { name, nameGiven, preview })
  if (prompt !== undefined) {
    const begun = await beginGoal(ctx, parts, { ...request, projectId: created.id, goal: prompt })
    return { ...begun, project: (await settleProject(ctx, created.id)) ?? created }
  }
  if (starter && request.starter)
    await beginWith(ctx, parts, { project: created, starter, chosen: request.starter })
  return { project: created }
}

/**
 * The proposal, the comparison or the run that a prompt leads to. Where no language model plans, a
 * chosen starter is a proposal that is confirmed already.
 */
async function beginGoal(
  ctx: Ctx,
  parts: ProjectParts,
  request: ProjectRequest & { projectId: IdOf<"project">; goal: string },
): Promise<Omit<BegunProject, "project">> {
  const { projectId, goal, attachments, starter, compare, confirm } = request
  const asked = { projectId, goal, attachments, starter }
  if (compare) {
    const candidates = { candidates: compare, base: null }
    return { comparison: await beginComparison(ctx, parts, { ...asked, ...candidates }) }
  }
  if (!plansByStarters(parts.models)) return { run: await beginRun(ctx, parts, asked) }
  const proposal = await beginProposal(ctx, parts, { ...asked, confirm: confirm ?? "ask" })
  if (proposal.reason !== null)
    throw fault("invalid", { say: proposal.reason, fields: { "/prompt": proposal.reason } })
  const run = proposal.runId ? await findRun(ctx.db, proposal.runId) : undefined
  return { proposal, run }
}

/** The starter's files in one commit, which runs as a version does that a person asks for. */
async function beginWith(
  ctx: Ctx,
  parts: CommitParts,
  { project, starter, chosen }: { project: ProjectRow; starter: Starter; chosen: ChosenStarter },
): Promise<void> {
  await commitAndStart(ctx, parts, {
    projectId: project.id,
    trust: "untrusted",
    message: `Begin with ${starter.name.en}`,
    author: "the platform",
    parent: undefined,
    changes: filesOf(starter, chosen.parameters),
  })
}

/**
 * Planners know the platform's starters only.
 *
 * @throws Fault `invalid`
 */
export function refuseOwn(chosen: ChosenStarter | undefined): void {
  if (!chosen?.id.startsWith("str_")) return
  throw fault("invalid", {
    say: "A starter of your organization begins a project without a prompt. Create the project with it first, then ask the agents for changes.",
    fields: { "/starter/id": "Begin with it without a prompt." },
  })
}

const namedMax = 40

/**
 * A name for an app that is not planned yet: the first words of what was asked, without "make me
 * a". The plan may carry a better one.
 */
export function firstWords(prompt: string): string {
  const visible = prompt
    .slice(0, 500)
    .replaceAll(/[\p{C}\s]+/gu, " ")
    .trim()
  const asked =
    /^(please )?((can|could) you )?(i (want|need|would like)|(build|make|create|write|give)( me)?)\s+/i
  const phrase = visible
    .replace(asked, "")
    .replace(/^(an?|the|my|some)\s+/i, "")
    .split(/[:.,;!?(]| with | where | that | which | to | for me\b/i)[0]
    ?.trim()
  const short = wholeWords(phrase ?? "", namedMax)
  return short.length < 2 ? "New project" : short.charAt(0).toUpperCase() + short.slice(1)
}
