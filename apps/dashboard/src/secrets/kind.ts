import { LockKeyhole } from "lucide-react"
import type { Kind } from "../kind.ts"

const lists = [
  "GET /projects/{projectId}/secrets",
  "GET /organizations/{organizationId}/secrets",
] as const

/** Values that apps have and nobody else sees. */
export const secretsKind = {
  live: {
    "secret.changed": ({ id }, { again }) =>
      again(...lists, ["GET /secrets/{secretId}", { secretId: id }]),
  },
  missed: {
    organization: (organizationId) => [
      lists[0],
      ["GET /organizations/{organizationId}/secrets", { organizationId }],
      "GET /secrets/{secretId}",
    ],
  },
  pages: [
    { at: "/projects/{projectId}/secrets", name: "Secrets", needs: "secret:read", place: 46 },
    {
      at: "/settings/secrets",
      ...{ name: "Secrets", icon: LockKeyhole, needs: "secret:read", place: 1 },
    },
  ],
} as const satisfies Kind
