import type { Secret } from "@vibecaas/contract/kinds/secrets"
import {
  type Fixture,
  type Fixtures,
  type MatrixWorld,
  made,
  organization,
  withBody,
} from "../../http/testing/matrix-world.ts"
import { makeProject, project } from "../../projects/testing/matrix-fixtures.ts"

const wanted = (world: MatrixWorld) => ({
  ...{ name: `KEY_${world.db.newId("sec").toUpperCase()}`, type: "password" },
  value: "correct horse battery",
})
const file = { text: 'TOKEN="of the matrix"' }

async function makeSecret(world: MatrixWorld): Promise<Secret> {
  const { id } = await makeProject(world)
  const body = wanted(world)
  return made<Secret>(await world.owner.call(`POST /projects/${id}/secrets`, { body }))
}

const secret: Fixture = async (world) => ({ params: { secretId: (await makeSecret(world)).id } })

export const fixtures = {
  "GET /projects/{projectId}/secrets": project,
  "POST /projects/{projectId}/secrets": async (world) => ({
    ...(await project(world)),
    body: wanted(world),
  }),
  "POST /projects/{projectId}/secrets/import": withBody(project, file),
  "GET /organizations/{organizationId}/secrets": organization,
  "POST /organizations/{organizationId}/secrets": async (world) => ({
    ...(await organization(world)),
    body: wanted(world),
  }),
  "POST /organizations/{organizationId}/secrets/import": withBody(organization, file),
  "GET /secrets/{secretId}": secret,
  "PATCH /secrets/{secretId}": withBody(secret, {
    note: "for news",
    hook: { url: "https://hooks.example/rotated" },
  }),
  "POST /secrets/{secretId}/versions": withBody(secret, { value: "another, longer one" }),
  "POST /secrets/{secretId}/rotate": secret,
  "POST /secrets/{secretId}/reveal": withBody(secret, { reason: "the matrix asks" }),
  "POST /secrets/{secretId}/shares": async (world) => {
    const { id } = await makeProject(world)
    return { ...(await secret(world)), body: { projectId: id } }
  },
  "DELETE /secrets/{secretId}/shares/{shareId}": async (world) => {
    const { id: secretId } = await makeSecret(world)
    const { id: projectId } = await makeProject(world)
    const answer = await world.owner.call(`POST /secrets/${secretId}/shares`, {
      body: { projectId },
    })
    const [share] = made<Secret>(answer).shares
    return { params: { secretId, shareId: share?.id ?? "" } }
  },
  "DELETE /secrets/{secretId}": secret,
} satisfies Fixtures<"secrets">
