import type { Repositories, Repository } from "../projects/index.ts"
import type { RunRow } from "./run.ts"

/** The branch of a candidate; none: the project's own. */
export const branchOf = ({
  id,
  comparisonId,
  base,
}: Pick<RunRow, "id" | "comparisonId" | "base">) =>
  comparisonId === null ? null : { name: id, from: base }

/** Where a run's commits go: what people see of the project, or of a candidate a branch of its own. */
export function repositoryOf(repositories: Repositories, run: RunRow): Repository {
  return repositories.of(run.projectId, branchOf(run) ?? undefined)
}
