import { Users } from "lucide-react"
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
} as const satisfies Kind
