import { Network } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const networkDeeds = {
  icons: { network: Network },
  actions: {
    "network.allow": "Domain allowed",
    "network.set_secret": "Secret of a service set",
    "network.revoke": "Domain revoked",
  },
} as const satisfies Deeds
