import type { ProjectState } from "@vibecaas/contract/kinds/projects"

/**
 * Whether an action makes sense in a state. The contract's table comes with its schemas, which are
 * too heavy for the first load; project-allows.test.ts compares both.
 */
export function projectAllows(_action: "update" | "delete", state: ProjectState): boolean {
  return state !== "deleting"
}
