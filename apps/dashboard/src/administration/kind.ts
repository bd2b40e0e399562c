import { Building2, Users } from "lucide-react"
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
} as const satisfies Kind
