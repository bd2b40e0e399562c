import { Box } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const projectsDeeds = {
  icons: { project: Box },
  actions: {
    "project.create": "Project created",
    "project.update": "Project changed",
    "project.commit": "Project files changed",
    // Asked for first; `deleted` follows once everything is checked to be gone.
    "project.delete": "Project deletion asked for",
    "project.deleted": "Project deleted",
  },
} as const satisfies Deeds
