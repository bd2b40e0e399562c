import { useQuery } from "@tanstack/react-query"
import { act } from "../api/act.ts"
import { read } from "../api/read.ts"
import { useSession } from "../shell/session.tsx"

const members = "GET /organizations/{organizationId}/members"
const invitations = "GET /organizations/{organizationId}/invitations"
const access = "GET /projects/{projectId}/access"

const useParams = () => ({ params: { organizationId: useSession().organization.id } })

export const useMembers = () => useQuery(read(members, useParams()))
export const useRoles = () =>
  useQuery({
    ...read("GET /organizations/{organizationId}/roles", useParams()),
    staleTime: Number.POSITIVE_INFINITY,
  })
export function useInvitations() {
  const { can } = useSession()
  return useQuery({ ...read(invitations, useParams()), enabled: can("member:manage") })
}
export const useAccess = (projectId: `prj_${string}`) =>
  useQuery(read(access, { params: { projectId } }))

const both = [members, invitations, "GET /me"] as const
export const changeRole = act("PATCH /organizations/{organizationId}/members/{userId}", {
  renews: both,
})
export const removeMember = act("DELETE /organizations/{organizationId}/members/{userId}", {
  renews: both,
})
export const invite = act("POST /organizations/{organizationId}/invitations", { renews: both })
export const resendInvitation = act("POST /invitations/{invitationId}/resend", {
  renews: [invitations, access],
})
export const revokeInvitation = act("DELETE /invitations/{invitationId}", {
  renews: [invitations, access],
})
export const acceptInvitation = act("POST /invitations/accept", { renews: ["GET /me"] })

export const setAudience = act("PUT /projects/{projectId}/access", {
  renews: [access, ["GET /projects/{projectId}", {}], "GET /projects"],
})
export const shareProject = act("POST /projects/{projectId}/access/people", { renews: [access] })
export const changeLevel = act("PATCH /projects/{projectId}/access/people/{userId}", {
  renews: [access],
})
export const endAccess = act("DELETE /projects/{projectId}/access/people/{userId}", {
  renews: [access],
})
export const answerRequest = act("POST /projects/{projectId}/access/requests/{requestId}/answer", {
  renews: [access],
})
export const askForAccess = act("POST /projects/{projectId}/access/requests")
