import { KeyRound } from "lucide-react"
import type { Kind } from "../kind.ts"

/** Keys by which programs make calls. */
export const keysKind = {
  live: {
    "api_key.changed": (_, { again }) => again("GET /organizations/{organizationId}/api-keys"),
  },
  missed: {
    organization: (organizationId) => [
      ["GET /organizations/{organizationId}/api-keys", { organizationId }],
    ],
  },
  pages: [
    {
      at: "/settings/api-keys",
      ...{ name: "API keys", icon: KeyRound, needs: "api_key:read", place: 0 },
    },
  ],
} as const satisfies Kind
