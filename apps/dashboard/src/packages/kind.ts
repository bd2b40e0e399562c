import { Package } from "lucide-react"
import type { Kind } from "../kind.ts"

/** Packages that the files of each project name. */
export const packagesKind = {
  missed: { project: (projectId) => [["GET /projects/{projectId}/packages", { projectId }]] },
  pages: [{ at: "/projects/{projectId}/packages", name: "Packages", icon: Package, place: 28 }],
} as const satisfies Kind
