import { KeyRound } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const keysDeeds = {
  icons: { api_key: KeyRound },
  actions: {
    "api_key.create": "API key made",
    "api_key.rotate": "API key rotated",
    "api_key.revoke": "API key revoked",
  },
} as const satisfies Deeds
