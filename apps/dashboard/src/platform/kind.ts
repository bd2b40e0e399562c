import { HeartPulse } from "lucide-react"
import type { Kind } from "../kind.ts"

/** The installation itself, for those who run it. */
export const platformKind = {
  pages: [
    {
      at: "/platform",
      name: "Platform",
      icon: HeartPulse,
      needs: "platform-admin",
      goKey: "l",
      place: 95,
    },
    {
      at: "/platform/simulated",
      ...{ name: "What is simulated", icon: HeartPulse, needs: "platform-admin", place: 3 },
    },
  ],
} as const satisfies Kind
