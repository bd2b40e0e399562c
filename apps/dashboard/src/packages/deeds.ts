import { Package } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const packagesDeeds = {
  icons: { package: Package },
  actions: {
    "package.allow_script": "Script of a package allowed",
    "package.refuse_script": "Script of a package skipped again",
  },
} as const satisfies Deeds
