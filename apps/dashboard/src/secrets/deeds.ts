import { LockKeyhole } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const secretsDeeds = {
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
} as const satisfies Deeds
