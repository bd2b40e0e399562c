import { ArrowRightLeft } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const movesDeeds = {
  icons: { move: ArrowRightLeft },
  actions: {
    "project.import": "Project imported",
    "project.duplicate": "Project duplicated",
    "move.cancel": "Import or duplication cancelled",
  },
} as const satisfies Deeds
