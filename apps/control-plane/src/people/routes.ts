import { callsOf } from "@vibecaas/contract/key-permissions"
import { can, type Permission } from "@vibecaas/contract/permissions"
import type { Handlers } from "../core/kind.ts"
import { acceptInvitation, lookAtInvitation } from "./accept-invitation.ts"
import { answerRequest, askForAccess } from "./ask-access.ts"
import { changeRole, removeMember } from "./change-member.ts"
import { invite, type Made, openInvitations, resend, revoke } from "./invite.ts"
import type { PeopleParts } from "./people-parts.ts"
import { showInvitation, showMember } from "./person.ts"
import { listMembers } from "./queries/members.ts"
import { changeLevel, endAccess, setAudience, shareProject, showAccess } from "./share-project.ts"

export function peopleHandlers(parts: PeopleParts): Handlers<"people"> {
  const shown = ({ row, link }: Made) => ({
    invitation: showInvitation(row, parts.clock.now()),
    link,
    mailed: row.email !== null,
  })
  return {
    "GET /organizations/{organizationId}/members": async ({ ctx, role }) => ({
      items: (await listMembers(ctx.db)).map((row) => showMember(role, row)),
    }),
    "PATCH /organizations/{organizationId}/members/{userId}": async ({ ctx, role, params, body }) =>
      showMember(
        role,
        await changeRole(ctx, { userId: params.userId, own: role, role: body.role }),
      ),
    "DELETE /organizations/{organizationId}/members/{userId}": async ({ ctx, role, params }) => {
      await removeMember(ctx, { userId: params.userId, own: role })
      return undefined
    },
    "GET /organizations/{organizationId}/roles": async () => ({
      // Keys of the one list of permissions.
      items: (Object.keys(can) as Permission[]).map((permission) => ({
        permission,
        calls: [...(callsOf.get(permission) ?? [])],
        roles: [...can[permission]],
      })),
    }),
    "GET /organizations/{organizationId}/invitations": async ({ ctx }) => ({
      items: (await openInvitations(ctx)).map((row) => showInvitation(row, ctx.clock.now())),
    }),
    "POST /organizations/{organizationId}/invitations": async ({ ctx, role: own, body }) => {
      const { email, days, role } = body
      const goal = { role, project: null }
      return shown(await invite(ctx, parts, { own, email, days, goal }))
    },
    "POST /invitations/{invitationId}/resend": async ({ ctx, role: own, params }) =>
      shown(await resend(ctx, parts, { id: params.invitationId, own })),
    "DELETE /invitations/{invitationId}": async ({ ctx, role: own, params }) => {
      await revoke(ctx, { id: params.invitationId, own })
      return undefined
    },
    "POST /invitations/look": ({ body }) => lookAtInvitation(parts, body.token),
    "POST /invitations/accept": async ({ principal, actor, body }) => {
      const { userId: id, name, email } = principal
      const found = await acceptInvitation(parts, { ...body, actor, person: { id, name, email } })
      const { organizationId, slug, projectId } = found
      return { organizationId, slug, projectId }
    },
    ...projectHandlers(parts),
  }
}

type ProjectRoute = Extract<keyof Handlers<"people">, `${string} /projects/${string}`>

/** Each answers who may do what in the project then. */
function projectHandlers(parts: PeopleParts): Pick<Handlers<"people">, ProjectRoute> {
  return {
    "GET /projects/{projectId}/access": ({ ctx, params }) => showAccess(ctx, params.projectId),
    "PUT /projects/{projectId}/access": async ({ ctx, params, body }) => {
      await setAudience(ctx, { ...params, ...body })
      return showAccess(ctx, params.projectId)
    },
    "POST /projects/{projectId}/access/people": async ({ ctx, role: own, params, body }) => {
      await shareProject(ctx, parts, { ...params, ...body, own })
      return showAccess(ctx, params.projectId)
    },
    "PATCH /projects/{projectId}/access/people/{userId}": async ({ ctx, params, body }) => {
      await changeLevel(ctx, { ...params, ...body })
      return showAccess(ctx, params.projectId)
    },
    "DELETE /projects/{projectId}/access/people/{userId}": async ({ ctx, params }) => {
      await endAccess(ctx, params)
      return showAccess(ctx, params.projectId)
    },
    "POST /projects/{projectId}/access/requests": async ({ ctx, principal, params, body }) => {
      const person = { id: principal.userId, name: principal.name }
      return { asked: await askForAccess(ctx, parts, { person, ...params, ...body }) }
    },
    "POST /projects/{projectId}/access/requests/{requestId}/answer": async ({
      ctx,
      params,
      body,
    }) => {
      const { projectId, requestId: id } = params
      await answerRequest(ctx, { projectId, id, level: body.level })
      return showAccess(ctx, projectId)
    },
  }
}
