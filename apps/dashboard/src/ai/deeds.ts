import { Sparkles } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const aiDeeds = {
  icons: { ai: Sparkles },
  actions: {
    "project.ai": "AI of an app set",
    "organization.ai_models": "Models for apps chosen",
  },
} as const satisfies Deeds
