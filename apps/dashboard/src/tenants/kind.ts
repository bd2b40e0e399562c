import { Settings } from "lucide-react"
import type { Kind } from "../kind.ts"

/** Organizations and who belongs to them. */
export const tenantsKind = {
  live: { "organization.changed": (_, { again }) => again("GET /me") },
  missed: { organization: () => ["GET /me"] },
  pages: [
    {
      at: "/settings",
      name: "Settings",
      icon: Settings,
      needs: "organization:read",
      goKey: "s",
      place: 90,
    },
  ],
} as const satisfies Kind
