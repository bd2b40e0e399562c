import {
  type Fixture,
  type Fixtures,
  type MatrixWorld,
  made,
  withBody,
} from "../../http/testing/matrix-world.ts"
import { makeCommit, project } from "../../projects/testing/matrix-fixtures.ts"
import { backupFixtures, makeApp } from "./backup-fixtures.ts"
import { dataFixtures } from "./data-fixtures.ts"
import { books } from "./data-models.ts"

export const app: Fixture = async (world) => ({ params: { appId: (await makeApp(world)).id } })
export const machine: Fixture = async (world) => ({
  params: { machineId: (await makeApp(world)).machineId },
})

export const fixtures = {
  ...backupFixtures,
  ...dataFixtures,
  "POST /machines/{machineId}/start": machine,
  "POST /machines/{machineId}/restart": machine,
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
  "GET /projects/{projectId}/data-model": recordKeeper,
  "PUT /projects/{projectId}/data-model": withBody(recordKeeper, { model: books }),
  "GET /projects/{projectId}/git/info/refs": async (world) => ({
    ...(await project(world)),
    query: { service: "git-upload-pack" },
  }),
  // A fetch of nothing, and what git sends before it pushes.
  "POST /projects/{projectId}/git/git-upload-pack": async (world) => ({
    params: { projectId: (await makeCommit(world)).projectId },
    bytes: "0000",
  }),
  "POST /projects/{projectId}/git/git-receive-pack": async (world) => ({
    ...(await project(world)),
    bytes: "0000",
  }),
  "POST /projects/{projectId}/preview-links": withBody(project, { returnTo: "/" }),
} satisfies Fixtures<"apps">

/** A project whose app keeps books. */
async function recordKeeper(world: MatrixWorld) {
  const { projectId } = await makeCommit(world)
  const changes = [{ path: "app.json", content: JSON.stringify(books) }]
  const body = { message: "Keep books", changes }
  made(await world.owner.call(`POST /projects/${projectId}/commits`, { body }))
  return { params: { projectId } }
}
