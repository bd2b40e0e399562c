import type { Commit } from "@vibecaas/contract/commits"
import type { IdOf } from "@vibecaas/contract/kinds"
import type { Ctx } from "../../core/ctx.ts"
import { listVersions, type Repositories } from "../../projects/index.ts"
import { runsOfTasks } from "../queries/tasks.ts"
import { divide, type Known, type Segment, taskOf } from "./segments.ts"

/** Commits that are read by one process. */
const batch = 200
/** Most that is read to find the end of a version: a longer one is shown in parts. */
const commitsMax = 4000

/** Versions of a project, newest first, until `enough` says so or nothing older is there. */
export async function readHistory(
  ctx: Ctx,
  repositories: Repositories,
  of: {
    projectId: IdOf<"project">
    /** the last commit of the version before */
    after: string | undefined
    enough(segments: readonly Segment[]): boolean
  },
): Promise<Segment[]> {
  const repository = repositories.of(of.projectId)
  const commits: Commit[] = []
  const known = { marks: new Map(), runs: new Map() } satisfies Known
  let after = of.after
  for (;;) {
    const page = await repository.log({ limit: batch, ...(after ? { after } : {}) })
    commits.push(...page)
    await learn(ctx, { projectId: of.projectId, commits: page, known })
    const segments = divide(commits, known)
    if (page.length < batch || commits.length >= commitsMax) return segments
    // The last one may go on in the next page.
    if (of.enough(segments.slice(0, -1))) return segments.slice(0, -1)
    after = page.at(-1)?.id
  }
}

async function learn(
  { db }: Ctx,
  of: {
    projectId: IdOf<"project">
    commits: readonly Commit[]
    known: { marks: Map<string, unknown>; runs: Map<string, IdOf<"run">> }
  },
): Promise<void> {
  const ids = of.commits.map(({ id }) => id)
  for (const mark of await listVersions(db, of.projectId, ids))
    of.known.marks.set(mark.commit, mark)
  const tasks = of.commits.map(taskOf).filter((task) => task !== undefined)
  const unknown = [...new Set(tasks)].filter((task) => !of.known.runs.has(task))
  for (const { task, run } of await runsOfTasks(db, of.projectId, unknown))
    of.known.runs.set(task, run)
}
