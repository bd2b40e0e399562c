import type { Commit } from "@vibecaas/contract/commits"
import type { Project } from "@vibecaas/contract/kinds/projects"
import {
  type Fixture,
  type Fixtures,
  type MatrixWorld,
  made,
  withBody,
} from "../../http/testing/matrix-world.ts"
import { zipOf } from "./zips.ts"

export const project: Fixture = async (world) => ({
  params: { projectId: (await makeProject(world)).id },
})

export const fixtures = {
  "GET /projects": async ({ organizationId }) => ({ query: { organizationId } }),
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
  "GET /projects/{projectId}/raw": async (world) => {
    const { projectId } = await makeCommit(world)
    return { params: { projectId }, query: { path: "server.js" } }
  },
  "GET /projects/{projectId}/search": async (world) => {
    const { projectId } = await makeCommit(world)
    return { params: { projectId }, query: { text: "app" } }
  },
  "GET /projects/{projectId}/commits": project,
  "POST /projects/{projectId}/commits": withBody(project, {
    message: "Write",
    changes: [{ path: "a.txt", content: "a" }],
  }),
  "GET /projects/{projectId}/archive": async (world) => ({
    params: { projectId: (await makeCommit(world)).projectId },
  }),
  "POST /projects/{projectId}/archive": async (world) => ({
    ...(await project(world)),
    bytes: await zipOf({ "server.js": "// uploaded" }),
  }),
  "GET /projects/{projectId}/diff": async (world) => {
    const { projectId, commit } = await makeCommit(world)
    return { params: { projectId }, query: { to: commit } }
  },
} satisfies Fixtures<"projects">

export async function makeProject({ owner, organizationId }: MatrixWorld): Promise<Project> {
  return made(await owner.call("POST /projects", { body: { organizationId, name: "Private" } }))
}

export async function makeCommit(world: MatrixWorld) {
  const { id } = await makeProject(world)
  const changes = [{ path: "server.js", content: "// an app" }]
  const body = { message: "Begin", changes }
  const commit = made<Commit>(await world.owner.call(`POST /projects/${id}/commits`, { body }))
  return { projectId: id, commit: commit.id }
}
