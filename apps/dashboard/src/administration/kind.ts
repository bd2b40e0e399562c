import { Building2, CircleUser, Gauge, Users } from "lucide-react"
import type { Kind } from "../kind.ts"

/** People and organizations of the whole installation, for those who run it. */
export const administrationKind = {
  pages: [
    {
      at: "/platform/people",
      ...{ name: "People", icon: Users, needs: "platform-admin", place: 1 },
    },
    {
      at: "/platform/organizations",
      ...{ name: "Organizations", icon: Building2, needs: "platform-admin", place: 2 },
    },
  ],
  icons: { people: CircleUser, organizations: Building2, limit: Gauge },
  actions: {
    "people.read": "People of the platform looked at",
    "organizations.read": "Organizations of the platform looked at",
    "account.disable": "Account disabled",
    "account.enable": "Account enabled",
    "account.end_sessions": "Sessions ended by an administrator",
    "account.reset_mail": "Link to a new password sent by an administrator",
    "account.impersonate": "Looked at as this person by an administrator",
    "account.impersonate_end": "The administrator’s look ended",
    "organization.disable": "Organization disabled",
    "organization.enable": "Organization enabled",
    "limit.change": "Limit changed",
  },
} as const satisfies Kind
