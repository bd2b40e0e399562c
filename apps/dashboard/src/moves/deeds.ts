import { ArrowRightLeft } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const movesDeeds = {
  icons: { move: ArrowRightLeft },
  actions: {
    "project.import": "Project imported",
    "project.duplicate": "Project duplicated",
    "project.transfer": "Project transfer asked for",
    "project.given": "Project given to another organization",
    "project.taken": "Project taken in from another organization",
    "move.retry": "Import tried again",
    "move.cancel": "Import or duplication cancelled",
  },
} as const satisfies Deeds
