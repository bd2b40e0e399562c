import type { InvitationWithLink, ProjectAccess } from "@vibecaas/contract/kinds/people"
import {
  type Fixture,
  type Fixtures,
  type MatrixWorld,
  made,
  organization,
  withBody,
} from "../../http/testing/matrix-world.ts"
import { makeProject, project } from "../../projects/testing/matrix-fixtures.ts"
import { otherOrganization } from "../../tenants/testing/matrix-fixtures.ts"

const member: Fixture = async (world) => {
  const { userId } = await somebody(world)
  const text = "insert into memberships (organization_id, user_id, role) values ($1, $2, 'viewer')"
  await world.db.adminPool.query(text, [world.organizationId, userId])
  return { params: { organizationId: world.organizationId, userId } }
}

const invitation: Fixture = async (world) => {
  const { invitation } = await invite(world, world.organizationId)
  return { params: { invitationId: invitation.id } }
}

const person: Fixture = async (world) => {
  const { id: projectId } = await makeProject(world)
  const { userId } = await somebody(world)
  const text = `insert into project_people (organization_id, project_id, user_id, level)
    values ($1, $2, $3, 'see')`
  await world.db.adminPool.query(text, [world.organizationId, projectId, userId])
  return { params: { projectId, userId } }
}

const token: Fixture = async (world) => {
  const { link } = await invite(world, await otherOrganization(world))
  return { body: { token: link.split("#")[1] ?? "" } }
}

const newAddress = (world: MatrixWorld) => `${world.db.newId("usr")}@example.com`

export const fixtures = {
  "GET /organizations/{organizationId}/members": organization,
  "PATCH /organizations/{organizationId}/members/{userId}": withBody(member, { role: "developer" }),
  "DELETE /organizations/{organizationId}/members/{userId}": member,
  "GET /organizations/{organizationId}/roles": organization,
  "GET /organizations/{organizationId}/invitations": organization,
  "POST /organizations/{organizationId}/invitations": async (world) => ({
    ...(await organization(world)),
    body: { email: newAddress(world), role: "viewer" },
  }),
  "POST /invitations/{invitationId}/resend": withBody(invitation, {}),
  "DELETE /invitations/{invitationId}": invitation,
  "POST /invitations/look": token,
  "POST /invitations/accept": token,
  "GET /projects/{projectId}/access": project,
  "PUT /projects/{projectId}/access": withBody(project, { audience: "organization" }),
  "POST /projects/{projectId}/access/people": async (world) => ({
    ...(await project(world)),
    body: { email: newAddress(world), level: "edit" },
  }),
  "PATCH /projects/{projectId}/access/people/{userId}": withBody(person, { level: "deploy" }),
  "DELETE /projects/{projectId}/access/people/{userId}": person,
  "POST /projects/{projectId}/access/requests": withBody(project, { note: "Please." }),
  "POST /projects/{projectId}/access/requests/{requestId}/answer": async (world) => {
    const { params } = await member(world)
    const { id: projectId } = await makeProject(world)
    const id = world.db.newId("acr")
    const text = `insert into access_requests (id, organization_id, project_id, user_id, note)
      values ($1, $2, $3, $4, '')`
    await world.db.adminPool.query(text, [id, world.organizationId, projectId, params?.userId])
    const access = made<ProjectAccess>(await world.owner.call(`GET /projects/${projectId}/access`))
    return {
      params: { projectId, requestId: access.requests[0]?.id ?? "" },
      body: { level: "edit" },
    }
  },
} satisfies Fixtures<"people">

/** A person with an account and nothing else. */
async function somebody({ db }: MatrixWorld): Promise<{ userId: string }> {
  const userId = db.newId("usr")
  await db.adminPool.query(
    `insert into auth."user" ("id", "name", "email", "emailVerified")
     values ($1, 'Somebody', $1 || '@example.com', true)`,
    [userId],
  )
  return { userId }
}

async function invite({ owner }: MatrixWorld, organizationId: string): Promise<InvitationWithLink> {
  const body = { email: null, role: "viewer" }
  return made(await owner.call(`POST /organizations/${organizationId}/invitations`, { body }))
}
