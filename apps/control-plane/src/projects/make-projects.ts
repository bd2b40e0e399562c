import type { Kind } from "../core/kind.ts"
import type { ProjectsParts } from "./projects-parts.ts"
import { projectLoop } from "./reconcile-project.ts"
import { projectHandlers } from "./routes.ts"

export function makeProjects(parts: ProjectsParts): Kind<"projects"> {
  return {
    handlers: projectHandlers(parts),
    loops: [projectLoop(parts)],
  }
}
