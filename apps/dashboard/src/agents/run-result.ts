import type { Run } from "@vibecaas/contract/kinds/agents"
import type { Step } from "@vibecaas/contract/run-step"

/** What a run left behind, counted from its tasks and its journal. */
export interface RunResult {
  /** the largest suite that proved a task; null: no proof counts tests */
  testsPassed: number | null
  files: number
  linesAdded: number
  linesRemoved: number
  /** wishes that were proved, to be tried by whoever asked */
  toTry: readonly string[]
}

/** wishes that are named to be tried */
const toTryMax = 3

export function resultOf(run: Pick<Run, "tasks" | "clauses">, steps: readonly Step[]): RunResult {
  const counted = run.tasks.flatMap(({ testsPassed }) => testsPassed ?? [])
  const built = run.clauses.filter(({ state }) => state === "built")
  return {
    testsPassed: counted.length > 0 ? Math.max(...counted) : null,
    files: new Set(steps.flatMap(pathsOf)).size,
    linesAdded: steps.reduce((sum, step) => sum + (step.linesAdded ?? 0), 0),
    linesRemoved: steps.reduce((sum, step) => sum + (step.linesRemoved ?? 0), 0),
    toTry: built.slice(0, toTryMax).map(({ words }) => words),
  }
}

function pathsOf({ output }: Step): string[] {
  if (typeof output !== "object" || output === null || !("changed" in output)) return []
  return Array.isArray(output.changed) ? output.changed.map(String) : []
}
