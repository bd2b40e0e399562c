import type { Run } from "@vibecaas/contract/kinds/agents"
import type { App } from "@vibecaas/contract/kinds/apps"
import type { Commit, Project } from "@vibecaas/contract/kinds/projects"
import type { RouteName } from "@vibecaas/contract/routes"
import type { TestDatabase } from "../../db/testing/test-database.ts"
import type { TestPerson } from "./test-client.ts"

/** Organization A, in which each case first makes what it is about. */
export interface MatrixWorld {
  db: TestDatabase
  owner: TestPerson
  organizationId: string
}

/** One call that succeeds for whoever may make it; values for the path, the query and the body. */
export interface MatrixCall {
  params?: Readonly<Record<string, string>>
  query?: Readonly<Record<string, string>>
  body?: Readonly<Record<string, unknown>>
}

type Fixture = (world: MatrixWorld) => Promise<MatrixCall>

const nothing: Fixture = async () => ({})
const organization: Fixture = async ({ organizationId }) => ({ params: { organizationId } })
const project: Fixture = async (world) => ({ params: { projectId: (await makeProject(world)).id } })
const app: Fixture = async (world) => ({ params: { appId: (await makeApp(world)).id } })
const machine: Fixture = async (world) => ({
  params: { machineId: (await makeApp(world)).machineId },
})
const run: Fixture = async (world) => ({ params: { runId: (await makeRun(world)).id } })

/**
 * What each route of the contract needs before it can be called. A route without a line here does
 * not compile.
 */
export const matrixFixtures = {
  "GET /platform": nothing,
  "GET /platform/loops": nothing,
  "POST /auth/sign-up/email": async ({ db }) => ({
    body: { name: "Noa", email: `${db.newId("usr")}@example.com`, password: "a long password" },
  }),
  "POST /auth/sign-in/email": async ({ owner: { email, password } }) => ({
    body: { email, password },
  }),
  "POST /auth/sign-out": async () => ({ body: {} }),
  "POST /auth/change-password": async ({ owner: { password } }) => ({
    body: { currentPassword: password, newPassword: "another long password" },
  }),

  "GET /me": nothing,
  "GET /organizations/{organizationId}": organization,
  "PATCH /organizations/{organizationId}": async ({ organizationId }) => ({
    params: { organizationId },
    body: { name: "Halden Works" },
  }),
  "GET /organizations/{organizationId}/audit": organization,
  "GET /organizations/{organizationId}/usage": organization,
  "GET /organizations/{organizationId}/quotas": organization,
  "PUT /organizations/{organizationId}/plan": withBody(organization, { plan: "pro" }),

  "GET /projects": async ({ organizationId }) => ({ query: { organizationId } }),
  "POST /projects": async ({ organizationId }) => ({ body: { organizationId, name: "Made" } }),
  "GET /projects/{projectId}": project,
  "PATCH /projects/{projectId}": withBody(project, { name: "Renamed" }),
  "DELETE /projects/{projectId}": async (world) => {
    const { id, name } = await makeProject(world)
    return { params: { projectId: id }, body: { name } }
  },
  "GET /projects/{projectId}/files": project,
  "GET /projects/{projectId}/file": async (world) => {
    const { projectId } = await makeCommit(world)
    return { params: { projectId }, query: { path: "server.js" } }
  },
  "GET /projects/{projectId}/commits": project,
  "POST /projects/{projectId}/commits": withBody(project, {
    message: "Write",
    changes: [{ path: "a.txt", content: "a" }],
  }),
  "GET /projects/{projectId}/diff": async (world) => {
    const { projectId, commit } = await makeCommit(world)
    return { params: { projectId }, query: { to: commit } }
  },

  "GET /projects/{projectId}/machines": project,
  "POST /projects/{projectId}/machines": withBody(project, { name: "Another" }),
  "GET /machines/{machineId}": machine,
  "POST /machines/{machineId}/start": machine,
  "POST /machines/{machineId}/stop": machine,
  "POST /machines/{machineId}/restart": machine,
  "DELETE /machines/{machineId}": machine,
  "GET /projects/{projectId}/apps": project,
  "POST /projects/{projectId}/apps": async (world) => {
    const { projectId } = await makeCommit(world)
    return { params: { projectId }, body: {} }
  },
  "GET /apps/{appId}": app,
  "POST /apps/{appId}/deploy": withBody(app, {}),
  "POST /apps/{appId}/restart": app,
  "GET /apps/{appId}/settings": app,
  "PATCH /apps/{appId}/settings": withBody(app, { environment: { GREETING: "hello" } }),
  "GET /apps/{appId}/releases": app,
  "GET /apps/{appId}/logs": app,
  "POST /projects/{projectId}/preview-links": withBody(project, { returnTo: "/" }),

  "GET /agents/models": nothing,
  "POST /agents/runs": async (world) => ({
    body: { projectId: (await makeProject(world)).id, goal },
  }),
  "GET /agents/runs": async (world) => ({ query: { projectId: (await makeRun(world)).projectId } }),
  "GET /agents/runs/{runId}": run,
  "GET /agents/runs/{runId}/steps": run,
  "POST /agents/runs/{runId}/cancel": run,
  "POST /agents/runs/{runId}/retry": async (world) => {
    const { id } = await makeRun(world)
    const { adminPool } = world.db
    await adminPool.query("update runs set state = 'failed', finished_at = now() where id = $1", [
      id,
    ])
    await adminPool.query("delete from quota_reservations where subject = $1", [id])
    return { params: { runId: id } }
  },
  "GET /agents/runs/{runId}/tasks/{taskId}/diff": async (world) => {
    const { id, tasks } = await makeRun(world)
    return { params: { runId: id, taskId: tasks[0]?.id ?? "" } }
  },
} as const satisfies Record<RouteName, Fixture>

const goal = "A reading list with title and author"

function withBody(fixture: Fixture, body: MatrixCall["body"] & {}): Fixture {
  return async (world) => ({ ...(await fixture(world)), body })
}

async function makeProject({ owner, organizationId }: MatrixWorld): Promise<Project> {
  return made(await owner.call("POST /projects", { body: { organizationId, name: "Private" } }))
}

async function makeCommit(world: MatrixWorld) {
  const { id } = await makeProject(world)
  const changes = [{ path: "server.js", content: "// an app" }]
  const body = { message: "Begin", changes }
  const commit = made<Commit>(await world.owner.call(`POST /projects/${id}/commits`, { body }))
  return { projectId: id, commit: commit.id }
}

async function makeApp(world: MatrixWorld): Promise<App> {
  const { projectId } = await makeCommit(world)
  return made(await world.owner.call(`POST /projects/${projectId}/apps`, { body: {} }))
}

async function makeRun(world: MatrixWorld): Promise<Run> {
  const { id } = await makeProject(world)
  return made(await world.owner.call("POST /agents/runs", { body: { projectId: id, goal } }))
}

/** The body of a success, as its reply's schema has it. */
function made<T>(answer: { status: number; body: unknown }): T {
  if (answer.status >= 300) throw new Error(`a fixture failed: ${JSON.stringify(answer.body)}`)
  return answer.body as T
}
