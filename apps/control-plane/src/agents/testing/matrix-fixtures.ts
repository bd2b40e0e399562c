import type { Run } from "@vibecaas/contract/kinds/agents"
import { silentLog } from "@vibecaas/kernel/log"
import {
  type Fixture,
  type Fixtures,
  type MatrixWorld,
  made,
  nothing,
} from "../../http/testing/matrix-world.ts"
import { makeProject } from "../../projects/testing/matrix-fixtures.ts"
import { makePictures } from "../browser/pictures.ts"

const run: Fixture = async (world) => ({ params: { runId: (await makeRun(world)).id } })
const goal = "A reading list with title and author"

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
  "GET /agents/runs/{runId}/tasks/{taskId}/diff": async (world) => {
    const { id, tasks } = await makeRun(world)
    return { params: { runId: id, taskId: tasks[0]?.id ?? "" } }
  },
} satisfies Fixtures<"agents">

async function makeRun(world: MatrixWorld): Promise<Run> {
  const { id } = await makeProject(world)
  return made(await world.owner.call("POST /agents/runs", { body: { projectId: id, goal } }))
}
