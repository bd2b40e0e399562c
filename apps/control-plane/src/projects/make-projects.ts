import type { projectRoutes } from "@vibecaas/contract/projects"
import type { Key } from "@vibecaas/reconcile/key"
import type { Parts } from "../ctx.ts"
import type { Kind } from "../kind.ts"
import { reconcileProject } from "./reconcile-project.ts"
import type { Repositories } from "./repository.ts"
import { projectHandlers } from "./routes.ts"

export interface ProjectsParts extends Parts {
  repositories: Repositories
  /** the address of a project's preview */
  previewUrl: (slug: string) => string
  /** keys of projects that are wanted gone */
  due: () => Promise<Key[]>
}

export function makeProjects(parts: ProjectsParts): Kind<typeof projectRoutes> {
  return {
    handlers: projectHandlers(parts),
    loops: [
      {
        name: "projects",
        description: "Deletes the files and rows of projects that are wanted gone",
        concurrency: 4,
        sweepEveryMs: 30_000,
        due: parts.due,
        reconcile: (turn) => reconcileProject(parts, turn.key),
      },
    ],
  }
}
