import { Building2, CircleUser, KeyRound, Settings } from "lucide-react"
import type { Kind } from "../kind.ts"

/** Organizations and who belongs to them. */
export const tenantsKind = {
  pages: [
    { at: "/settings", name: "Settings", icon: Settings, needs: "organization:read", place: 90 },
  ],
  icons: {
    organization: Building2,
    account: CircleUser,
    session: CircleUser,
    password: KeyRound,
  },
  actions: {
    "organization.create": "Organization created",
    "organization.rename": "Organization renamed",
    "account.create": "Account created",
    "session.start": "Signed in",
    "session.stop": "Signed out",
    "password.change": "Password changed",
  },
} as const satisfies Kind
