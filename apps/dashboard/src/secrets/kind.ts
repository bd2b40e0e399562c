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
  icons: { secret: LockKeyhole },
  actions: {
    "secret.create": "Secret added",
    "secret.set": "Secret given a new value",
    "secret.rotate": "Secret rotated",
    "secret.change": "Secret changed",
    "secret.reveal": "Secret revealed",
    "secret.share": "Secret shared",
    "secret.unshare": "Share of a secret ended",
    "secret.delete": "Secret deleted",
  },
} as const satisfies Kind
