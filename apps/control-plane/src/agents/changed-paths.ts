import type { StepRow } from "./step.ts"

/** The paths that a task's calls changed, as their rows tell. */
export function changedPaths(steps: readonly StepRow[]): Set<string> {
  return new Set(
    steps.flatMap(({ output, commitAfter }) => {
      if (!commitAfter || typeof output !== "object" || output === null) return []
      const paths = "changed" in output ? output.changed : []
      return Array.isArray(paths) ? paths.map(String) : []
    }),
  )
}
