import { Building2, CircleUser, Gauge } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const administrationDeeds = {
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
} as const satisfies Deeds
