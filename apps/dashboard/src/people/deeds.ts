import { UserPlus, Users } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const peopleDeeds = {
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
} as const satisfies Deeds
