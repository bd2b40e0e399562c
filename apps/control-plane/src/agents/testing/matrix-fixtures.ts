import type { Attachment } from "@vibecaas/contract/attachment"
import type { Commit } from "@vibecaas/contract/commits"
import type { Comparison } from "@vibecaas/contract/comparison"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { Proposal } from "@vibecaas/contract/proposal"
import { silentLog } from "@vibecaas/kernel/log"
import {
  asBytes,
  candidateModel,
  type Fixture,
  type Fixtures,
  type MatrixWorld,
  made,
  nothing,
  organization,
} from "../../http/testing/matrix-world.ts"
import { makeCommit, makeProject } from "../../projects/testing/matrix-fixtures.ts"
import { makePictures } from "../browser/pictures.ts"

const run: Fixture = async (world) => ({ params: { runId: (await makeRun(world)).id } })
const goal = "A reading list with title and author"
const chosen = { id: "live-board", parameters: {} }
const candidates = [{ model: candidateModel }, { model: candidateModel }]

const comparison: Fixture = async (world) => ({
  params: { comparisonId: (await makeComparison(world)).id },
})

const proposal: Fixture = async (world) => ({
  params: { proposalId: (await makeProposal(world)).id },
})

const failed: Fixture = async (world) => {
  const { id } = await makeRun(world)
  const { adminPool } = world.db
  await adminPool.query("update runs set state = 'failed', finished_at = now() where id = $1", [id])
  await adminPool.query("delete from quota_reservations where subject = $1", [id])
  return { params: { runId: id } }
}

export const fixtures = {
  "POST /projects": async ({ organizationId }) => ({ body: { organizationId, name: "Made" } }),
  "GET /agents/models": nothing,
  "POST /agents/runs": async (world) => ({
    body: { projectId: (await makeProject(world)).id, goal },
  }),
  "POST /agents/comparisons": async (world) => ({
    body: { projectId: (await makeProject(world)).id, goal, candidates },
  }),
  "GET /agents/comparisons": async (world) => ({
    query: { projectId: (await makeComparison(world)).projectId },
  }),
  "GET /agents/comparisons/{comparisonId}": comparison,
  "POST /agents/comparisons/{comparisonId}/promote": async (world) => {
    const { id, candidates } = await makeComparison(world)
    const runId = candidates[0]?.runId ?? ""
    await world.db.adminPool.query(
      "update runs set state = 'running', proved_at = now(), commit = $2 where id = $1",
      [runId, "a".repeat(40)],
    )
    return { params: { comparisonId: id }, body: { runId } }
  },
  "POST /agents/comparisons/{comparisonId}/cancel": comparison,
  "POST /agents/proposals": async (world) => ({
    body: { projectId: (await makeProject(world)).id, goal: "A kanban board" },
  }),
  "GET /agents/proposals": async (world) => ({
    query: { projectId: (await makeProposal(world)).projectId },
  }),
  "GET /agents/proposals/{proposalId}": proposal,
  "GET /agents/proposals/{proposalId}/choices/{starterId}": async (world) => ({
    params: { proposalId: (await makeProposal(world)).id, starterId: "live-board" },
  }),
  "POST /agents/proposals/{proposalId}/confirm": async (world) => ({
    ...(await proposal(world)),
    body: { starter: { id: "live-board", parameters: { title: "Ours" } } },
  }),
  "POST /agents/proposals/{proposalId}/decline": proposal,
  "GET /agents/runs": async (world) => ({ query: { projectId: (await makeRun(world)).projectId } }),
  "GET /agents/runs/{runId}": run,
  "GET /agents/runs/{runId}/steps": run,
  "GET /agents/runs/{runId}/pictures/{picture}": async (world) => {
    const { id } = await makeRun(world)
    const { clock } = world.db
    const pictures = makePictures({ root: `${world.root}/pictures`, clock, log: silentLog })
    return { params: { runId: id, picture: (await pictures.keep(id, Buffer.from("jpeg"))) ?? "" } }
  },
  "POST /agents/runs/{runId}/cancel": run,
  "GET /agents/runs/{runId}/recording": failed,
  "POST /agents/runs/{runId}/retry": failed,
  "POST /agents/runs/{runId}/inquiries/{inquiryId}/answer": async (world) => {
    const { id, organizationId, tasks } = await makeRun(world)
    const inquiryId = world.db.newId("inq")
    await world.db.adminPool.query(
      `insert into run_inquiries (id, organization_id, run_id, task_id, kind, call, state, text, choices, asked_at)
       values ($1, $2, $3, $4, 'question', 'a call', 'open', 'Which?', '[]', now())`,
      [inquiryId, organizationId, id, tasks[0]?.id],
    )
    return { params: { runId: id, inquiryId }, body: { answer: "This one" } }
  },
  "POST /agents/runs/{runId}/messages": async (world) => ({
    ...(await run(world)),
    body: { text: "Make it blue" },
  }),
  "POST /agents/runs/{runId}/redirect": async (world) => ({
    ...(await run(world)),
    body: { goal },
  }),
  "GET /projects/{projectId}/approvals": async (world) => ({
    params: { projectId: (await makeProject(world)).id },
  }),
  "PATCH /projects/{projectId}/approvals": async (world) => ({
    params: { projectId: (await makeProject(world)).id },
    body: { goLive: "ask" },
  }),
  "GET /projects/{projectId}/budget": async (world) => ({
    params: { projectId: (await makeProject(world)).id },
  }),
  "GET /organizations/{organizationId}/usage/projects": organization,
  "PATCH /projects/{projectId}/budget": async (world) => ({
    params: { projectId: (await makeProject(world)).id },
    body: { centsMax: 500 },
  }),
  "GET /projects/{projectId}/versions": async (world) => ({
    params: { projectId: (await makeVersions(world)).projectId },
  }),
  "POST /projects/{projectId}/restore": async (world) => {
    const { projectId, first } = await makeVersions(world)
    return { params: { projectId }, body: { commit: first } }
  },
  "GET /projects/{projectId}/undo": async (world) => {
    const { projectId, second } = await makeVersions(world)
    return { params: { projectId }, query: { version: second } }
  },
  "POST /projects/{projectId}/undo": async (world) => {
    const { projectId, second } = await makeVersions(world)
    return { params: { projectId }, body: { version: second } }
  },
  "GET /agents/runs/{runId}/tasks/{taskId}/diff": async (world) => {
    const { id, tasks } = await makeRun(world)
    return { params: { runId: id, taskId: tasks[0]?.id ?? "" } }
  },
  "POST /attachments": async ({ organizationId }) => ({
    query: { organizationId, name: "books.csv" },
    bytes: "title,pages",
  }),
  "DELETE /attachments/{attachmentId}": async (world) => ({
    params: { attachmentId: (await makeAttachment(world)).id },
    query: { organizationId: world.organizationId },
  }),
  "GET /agents/runs/{runId}/attachments/{attachmentId}": async (world) => {
    const { id: attachmentId } = await makeAttachment(world)
    const { id } = await makeRun(world, [attachmentId])
    return { params: { runId: id, attachmentId } }
  },
} satisfies Fixtures<"agents">

/** A project whose file was written twice. */
async function makeVersions(world: MatrixWorld) {
  const { projectId, commit: first } = await makeCommit(world)
  const body = { message: "Change", changes: [{ path: "server.js", content: "// another app" }] }
  const commits = `POST /projects/${projectId}/commits`
  const { id: second } = made<Commit>(await world.owner.call(commits, { body }))
  return { projectId, first, second }
}

async function makeAttachment({ owner, organizationId }: MatrixWorld): Promise<Attachment> {
  const query = new URLSearchParams({ organizationId, name: "books.csv" })
  return made(await owner.call(`POST /attachments?${query}`, asBytes("title,pages")))
}

async function makeComparison(world: MatrixWorld): Promise<Comparison> {
  const { id: projectId } = await makeProject(world)
  const body = { projectId, goal, candidates }
  return made(await world.owner.call("POST /agents/comparisons", { body }))
}

async function makeProposal(world: MatrixWorld): Promise<Proposal> {
  const { id: projectId } = await makeProject(world)
  const body = { projectId, goal: "A kanban board for the team" }
  return made(await world.owner.call("POST /agents/proposals", { body }))
}

async function makeRun(
  world: MatrixWorld,
  attachments: readonly Attachment["id"][] = [],
): Promise<Run> {
  const { id: projectId } = await makeProject(world)
  const body = { projectId, goal, attachments, starter: chosen }
  return made(await world.owner.call("POST /agents/runs", { body }))
}
