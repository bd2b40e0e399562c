import type { IdOf } from "@vibecaas/contract/kinds"
import type { Ctx } from "../core/ctx.ts"
import { findDraft } from "../machines/index.ts"
import type { AppRow } from "./app.ts"
import { scriptsOf } from "./app-command.ts"
import { scriptToShow } from "./dev-command.ts"
import type { Target } from "./next-step.ts"
import type { AppsParts } from "./parts.ts"
import { findOfProject, lockOnMachine } from "./queries.ts"
import { followOnDraft } from "./start-app.ts"

/** Where the commits are that a draft shows. */
export type Branch = NonNullable<AppRow["follows"]>["branch"]

/**
 * What a draft that follows a branch is to show: its newest commit. Where that must be built to be seen,
 * what runs stays until somebody asks for a start.
 */
export async function shownBy(
  parts: Pick<AppsParts, "repositories">,
  row: AppRow,
): Promise<Target | undefined> {
  if (row.follows === null) return undefined
  const newest = await newestOf(parts, row, row.follows.branch)
  if (newest) return newest
  return { commit: row.commit ?? row.commitWanted, script: row.script }
}

async function newestOf(
  { repositories }: Pick<AppsParts, "repositories">,
  { projectId, command }: Pick<AppRow, "projectId" | "command">,
  branch: Branch,
): Promise<Target | undefined> {
  const repository = repositories.of(projectId, branch ?? undefined)
  const commit = await repository.head()
  if (commit === null) return undefined
  const script = scriptToShow(await scriptsOf(repository, commit), command)
  return script && { commit, script }
}

export interface Following {
  projectId: IdOf<"project">
  /** the run whose draft it is */
  draftOf: string
  branch: Branch
}

/**
 * From now on a run's draft shows each commit of a branch as soon as it is there, until somebody asks for
 * one commit. A draft that is not there or rests stays so; and where nobody ever started an app, on the
 * draft or live, none is started by this.
 *
 * @returns what is to be shown; nothing when this changes nothing
 */
export async function followBranch(
  ctx: Ctx,
  parts: Pick<AppsParts, "repositories">,
  of: Following,
): Promise<Target | undefined> {
  const draft = await findDraft(ctx.db, of)
  if (draft?.wanted !== "running" || draft.draftFilledAt === null) return undefined
  const [row] = await lockOnMachine(ctx.db, draft.id)
  const live = await findOfProject(ctx.db, of.projectId)
  const settings = row ?? live
  if (!settings) return undefined
  const target = await newestOf(parts, settings, of.branch)
  if (target) await followOnDraft(ctx, { draft, row, live, ...of, commit: target.commit })
  return target
}
