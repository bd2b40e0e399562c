import type { Kind } from "../core/kind.ts"
import type { ProjectsParts } from "./projects-parts.ts"
import { reconcileProject } from "./reconcile-project.ts"
import { projectHandlers } from "./routes.ts"

export function makeProjects(parts: ProjectsParts): Kind<"projects"> {
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
        // What should end is tried for ever: nobody waits at a screen, and nothing may be left.
        giveUp: async () => "keep-trying",
      },
    ],
  }
}
