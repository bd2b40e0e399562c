import { UserPlus, Users } from "lucide-react"
import type { Kind } from "../kind.ts"

const organizationReads = [
  "GET /organizations/{organizationId}/members",
  "GET /organizations/{organizationId}/invitations",
  "GET /me",
] as const

/** Who belongs to an organization, who is invited, and with whom projects are shared. */
export const peopleKind = {
  live: {
    "member.changed": (_, { again }) => again(...organizationReads),
    "project_access.changed": ({ id }, { again }) =>
      again(["GET /projects/{projectId}/access", { projectId: id }], "GET /me"),
  },
  missed: {
    organization: () => [...organizationReads],
    project: (projectId) => [["GET /projects/{projectId}/access", { projectId }]],
  },
  pages: [
    {
      at: "/settings/members",
      ...{ name: "People", icon: Users, needs: "member:read", place: -1 },
    },
  ],
  icons: { member: Users, invitation: UserPlus, project_access: Users },
  actions: {
    "member.role": "Role changed",
    "member.remove": "Member removed",
    "invitation.create": "Invited",
    "invitation.resend": "Invitation sent again",
    "invitation.revoke": "Invitation revoked",
    "invitation.accept": "Invitation accepted",
    "project.audience": "Who sees the project changed",
    "project_access.give": "Project shared",
    "project_access.end": "Access to the project ended",
    "project_access.ask": "Access to the project asked for",
    "project_access.decline": "Access to the project declined",
  },
} as const satisfies Kind
