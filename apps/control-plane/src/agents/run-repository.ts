import type { Repositories, Repository } from "../projects/index.ts"
import type { RunRow } from "./run.ts"

/** Where a run's commits go: what people see of the project, or of a candidate a branch of its own. */
export function repositoryOf(
  repositories: Repositories,
  { id, projectId, comparisonId, base }: RunRow,
): Repository {
  return repositories.of(projectId, comparisonId === null ? undefined : { name: id, from: base })
}
