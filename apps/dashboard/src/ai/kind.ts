import { Sparkles } from "lucide-react"
import type { Kind } from "../kind.ts"

/** Models that the app of a project asks. */
export const aiKind = {
  live: {
    "ai.changed": ({ id }, { again }) => again(["GET /projects/{projectId}/ai", { projectId: id }]),
  },
  missed: { project: (projectId) => [["GET /projects/{projectId}/ai", { projectId }]] },
  icons: { ai: Sparkles },
  actions: {
    "project.ai": "AI of an app set",
    "organization.ai_models": "Models for apps chosen",
  },
} as const satisfies Kind
