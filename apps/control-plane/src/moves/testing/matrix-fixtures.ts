import type { Move } from "@vibecaas/contract/kinds/moves"
import {
  type Fixture,
  type Fixtures,
  type MatrixWorld,
  made,
} from "../../http/testing/matrix-world.ts"
import { makeProject, project } from "../../projects/testing/matrix-fixtures.ts"
import { zipOf } from "../../projects/testing/zips.ts"

const from = { url: "https://git.example/mara/reading-list.git" }

const move: Fixture = async (world) => ({ params: { moveId: (await makeImport(world)).id } })

export const fixtures = {
  "POST /imports": async ({ organizationId }) => ({ body: { organizationId, ...from } }),
  "POST /imports/archive": async ({ organizationId }) => ({
    query: { organizationId, name: "Reading list" },
    bytes: await zipOf({ "server.js": "", "package.json": "{}" }),
  }),
  "POST /projects/{projectId}/copies": async (world) => ({
    ...(await project(world)),
    body: { name: "Another one" },
  }),
  "GET /projects/{projectId}/moves": project,
  "GET /moves/{moveId}": move,
  "POST /moves/{moveId}/cancel": move,
  "POST /moves/{moveId}/retry": async (world) => {
    const { id } = await makeImport(world)
    const text = "update project_moves set state = 'failed', failure = 'No.' where id = $1"
    await world.db.adminPool.query(text, [id])
    return { params: { moveId: id }, body: { token: "of-a-repository" } }
  },
  "GET /projects/{projectId}/transfer": async (world) => ({
    ...(await project(world)),
    query: { to: await targetOf(world) },
  }),
  "POST /projects/{projectId}/transfer": async (world) => {
    const { id, name } = await makeProject(world)
    return { params: { projectId: id }, body: { to: await targetOf(world), name } }
  },
} satisfies Fixtures<"moves">

async function makeImport({ owner, organizationId }: MatrixWorld): Promise<Move> {
  const body = { organizationId, ...from }
  return made<{ move: Move }>(await owner.call("POST /imports", { body })).move
}

/** An organization that all owners and admins govern, once the server has heard of it. */
async function targetOf({ owner, db, organizationId }: MatrixWorld): Promise<string> {
  const name = `Taker ${db.newId("org").slice(-10)}`
  const { id } = made<{ id: string }>(await owner.call("POST /organizations", { body: { name } }))
  await db.adminPool.query(
    "update organization_plans set plan = 'team' where organization_id = $1",
    [id],
  )
  await db.adminPool.query(
    `insert into memberships (organization_id, user_id, role)
     select $1, user_id, 'owner' from memberships where organization_id = $2 and role in ('owner', 'admin')
     on conflict do nothing`,
    [id, organizationId],
  )
  const sees = async () => {
    const me = await owner.call("GET /me")
    return JSON.stringify(me.body).includes(id)
  }
  while (!(await sees())) await new Promise((resolve) => setTimeout(resolve, 5))
  return id
}
