import { type AgentRole, agentRoles, type Run } from "@vibecaas/contract/kinds/agents"
import type { RoleModel } from "@vibecaas/contract/model-info"
import type { Proposal } from "@vibecaas/contract/proposal"
import type { Ctx } from "../core/ctx.ts"
import type { Handlers } from "../core/kind.ts"
import { hiddenFrom } from "../core/sight.ts"
import { needProject, showProject } from "../projects/index.ts"
import type { AgentsParts } from "./agents-parts.ts"
import { answerInquiry } from "./answer-inquiry.ts"
import { showAttachment } from "./attachments/attachment.ts"
import { readAttachment } from "./attachments/read-attachment.ts"
import { removeAttachment, uploadAttachment } from "./attachments/upload-attachment.ts"
import { cancelRun } from "./cancel-run.ts"
import { recordRun } from "./cassettes/record-run.ts"
import { changeRules } from "./change-rules.ts"
import { comparisonHandlers } from "./comparisons/comparison-handlers.ts"
import { versionHandlers } from "./history/version-handlers.ts"
import { showInquiry } from "./inquiry.ts"
import { showMessage } from "./message.ts"
import { plansByStarters } from "./models/plans-by-starters.ts"
import { showChoices, showRoleModel } from "./models/show-role-model.ts"
import { needRun } from "./need-run.ts"
import { changeBudget, showBudget } from "./project-budget.ts"
import { askByStarters, type ProposalRequest } from "./proposals/make-proposal.ts"
import { proposalHandlers } from "./proposals/proposal-handlers.ts"
import { readProposal } from "./proposals/read-proposals.ts"
import { readRules } from "./queries/approval-rules.ts"
import { readPicture } from "./read-picture.ts"
import { readRun, readRuns, readSteps, readTaskDiff } from "./read-runs.ts"
import { redirectRun } from "./redirect-run.ts"
import { retryRun } from "./retry-run.ts"
import { showRun } from "./run.ts"
import { sendMessage } from "./send-message.ts"
import { refuseOwn, startProject } from "./start-project.ts"
import { startRun } from "./start-run.ts"
import { useByProject } from "./use-by-project.ts"

export function agentHandlers(parts: AgentsParts): Handlers<"agents"> {
  const { repositories, previewUrl } = parts
  return {
    ...attachmentHandlers,
    ...ofProjects,
    "POST /projects": async ({ ctx, body }) => {
      const { organizationId: _, ...asked } = body
      const { project, run, comparison, proposal } = await startProject(ctx, parts, asked)
      return {
        ...showProject(project, previewUrl),
        ...(run ? { run: briefly(run) } : {}),
        ...(comparison ? { comparison: { id: comparison.id } } : {}),
        ...(proposal ? { proposal: await readProposal(parts.starters, proposal) } : {}),
      }
    },
    "GET /agents/models": async () => ({
      roles: modelsByRole(parts),
      choices: showChoices(parts.models),
    }),
    ...comparisonHandlers(parts),
    ...proposalHandlers(parts),
    ...versionHandlers(parts),
    "POST /agents/runs": ({ ctx, body }) => askForRun(ctx, parts, body),
    "GET /agents/runs": async ({ ctx, query }) => {
      const { projectId, limit, cursor } = query
      return readRuns(ctx, projectId, { limit, cursor })
    },
    "GET /agents/runs/{runId}": async ({ ctx, params }) =>
      readRun(ctx, await needRun(ctx, params.runId)),
    "GET /agents/runs/{runId}/steps": async ({ ctx, params, query }) => {
      const { limit, cursor } = query
      return readSteps(ctx, params.runId, { limit, cursor })
    },
    "GET /agents/runs/{runId}/recording": ({ ctx, params }) =>
      recordRun(ctx, repositories, params.runId),
    "GET /agents/runs/{runId}/pictures/{picture}": ({ ctx, params }) =>
      readPicture(ctx, parts.pictures, params),
    "POST /agents/runs/{runId}/cancel": async ({ ctx, params }) =>
      readRun(ctx, await cancelRun(ctx, params.runId)),
    "POST /agents/runs/{runId}/retry": async ({ ctx, params }) =>
      readRun(ctx, await retryRun(ctx, parts, params.runId)),
    "POST /agents/runs/{runId}/inquiries/{inquiryId}/answer": async ({ ctx, params, body }) =>
      showInquiry(await answerInquiry(ctx, params, body.answer)),
    "POST /agents/runs/{runId}/messages": async ({ ctx, params, body }) =>
      showMessage(await sendMessage(ctx, params.runId, body)),
    "POST /agents/runs/{runId}/redirect": async ({ ctx, params, body }) => {
      const { id } = await redirectRun(ctx, parts, { ...params, ...body })
      return { stopping: id }
    },
    "GET /agents/runs/{runId}/tasks/{taskId}/diff": async ({ ctx, params }) => ({
      files: await readTaskDiff(ctx, repositories, params),
    }),
  }
}

/** Where no language model plans, the answer is a proposal until somebody confirms it. */
async function askForRun(
  ctx: Ctx,
  parts: AgentsParts,
  { confirm, ...request }: ProposalRequest,
): Promise<Run | Proposal> {
  const { starter } = request
  refuseOwn(starter)
  if (starter) await parts.starters.check(starter)
  if (!plansByStarters(parts.models)) return readRun(ctx, await startRun(ctx, parts, request))
  const asked = await askByStarters(ctx, parts, { ...request, confirm })
  return "run" in asked ? readRun(ctx, asked.run) : readProposal(parts.starters, asked.proposal)
}

/** What holds for all runs of a project. */
const ofProjects = {
  "GET /projects/{projectId}/approvals": async ({ ctx, params }) => {
    await needProject(ctx, params.projectId)
    return readRules(ctx.db, params.projectId)
  },
  "PATCH /projects/{projectId}/approvals": async ({ ctx, params, body, ifMatch }) =>
    changeRules(ctx, { ...params, ifMatch, set: body }),
  "GET /projects/{projectId}/budget": async ({ ctx, params }) => {
    await needProject(ctx, params.projectId)
    return showBudget(ctx, params.projectId)
  },
  "GET /organizations/{organizationId}/usage/projects": ({ ctx, principal, query }) =>
    useByProject(ctx, { ...query, hidden: hiddenFrom(principal, ctx.organizationId) }),
  "PATCH /projects/{projectId}/budget": async ({ ctx, params, body, ifMatch }) =>
    changeBudget(ctx, { ...params, ifMatch, set: body }),
} satisfies Partial<Handlers<"agents">>

const attachmentHandlers = {
  "POST /attachments": async ({ ctx, query, raw }) =>
    showAttachment(await uploadAttachment(ctx, { name: query.name, bytes: raw.bytes })),
  "DELETE /attachments/{attachmentId}": async ({ ctx, params }) => {
    await removeAttachment(ctx, params.attachmentId)
    return undefined
  },
  "GET /agents/runs/{runId}/attachments/{attachmentId}": ({ ctx, params }) =>
    readAttachment(ctx, params),
} satisfies Partial<Handlers<"agents">>

function briefly(run: Parameters<typeof showRun>[0]) {
  const { id, state } = showRun(run, { tasks: [], inquiries: [], messages: [], attachments: [] })
  return { id, state }
}

function modelsByRole({ models }: AgentsParts) {
  const entries = agentRoles.map((role) => [role, showRoleModel(models.for(role))])
  // Made from the full list of roles.
  return Object.fromEntries(entries) as Record<AgentRole, RoleModel>
}
