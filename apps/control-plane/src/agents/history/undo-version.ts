import type { FileDiff } from "@vibecaas/contract/commits"
import type { IdOf } from "@vibecaas/contract/kinds"
import { type Fault, fault } from "@vibecaas/kernel/fault"
import { commitAndGoLive, type MadeCommit } from "../../apps/index.ts"
import type { Ctx } from "../../core/ctx.ts"
import { emptyTree, lockLivingProject } from "../../projects/index.ts"
import type { AgentsOptions } from "../agents-parts.ts"
import { needRun } from "../need-run.ts"
import { unfinishedRunStates } from "../run.ts"
import { refuseSecondRun } from "../start-run.ts"
import { readHistory } from "./read-history.ts"
import type { Segment } from "./segments.ts"

interface Of {
  projectId: IdOf<"project">
  /** the newest commit of the version, or of a part of it */
  version: string
}

interface Undone {
  head: string
  tree: string
  conflicts: string[]
  /** what was undone, for people */
  what: string
}

/**
 * What undoing a version would change.
 *
 * @throws Fault `not_found`, `wrong_state` when there is nothing to undo
 */
export async function previewUndo(
  ctx: Ctx,
  parts: AgentsOptions,
  of: Of,
): Promise<{ files: FileDiff[]; conflicts: string[] }> {
  const { head, tree, conflicts } = await undone(ctx, parts, of)
  if (conflicts.length > 0) return { files: [], conflicts }
  const repository = parts.repositories.of(of.projectId)
  return { files: await repository.diff(head, tree), conflicts }
}

/**
 * Takes back what a version changed, of a run all that it changed, and keeps what came after it. It is
 * a new commit, which can be undone in its turn. What visitors wrote stays as it is.
 *
 * @throws Fault `not_found`; `conflict` with the files that were changed again since; `wrong_state` when
 * there is nothing to undo; `run_in_progress`; those of commits and of starts
 */
export async function undoVersion(ctx: Ctx, parts: AgentsOptions, of: Of): Promise<MadeCommit> {
  const { projectId } = of
  await lockLivingProject(ctx, projectId)
  await refuseSecondRun(ctx, projectId)
  const { head, tree, conflicts, what } = await undone(ctx, parts, of)
  if (conflicts.length > 0) throw changedSince(conflicts)
  return commitAndGoLive(ctx, parts, {
    ...{ projectId, parent: head, tree, changes: [] },
    message: `Undo ${what}`,
    version: { kind: "undo", of: of.version },
  })
}

async function undone(ctx: Ctx, parts: AgentsOptions, of: Of): Promise<Undone> {
  const repository = parts.repositories.of(of.projectId)
  const head = await repository.head()
  const segments = await segmentsOf(ctx, parts, of)
  const [newest] = segments
  if (head === null || !newest) throw fault("not_found", { say: "There is no such version." })
  const spans = segments.map(({ commits, base }) => ({ from: base, to: commits[0]?.id ?? "" }))
  const before = await repository.treeOf(head)
  const { tree, conflicts } = await repository.reverse({ onto: head, spans })
  if (conflicts.length === 0) mustLeaveFiles(before, tree)
  return { head, tree, conflicts, what: await nameOf(ctx, newest) }
}

function mustLeaveFiles(before: string, after: string): void {
  if (after === emptyTree) {
    throw fault("wrong_state", {
      say: "Undoing this would leave no file. Restore another version, or delete the project.",
    })
  }
  if (after !== before) return
  throw fault("wrong_state", { say: "Nothing of this version is left that could be undone." })
}

/** The version that has the commit: of a run every part of it, newest first. */
async function segmentsOf(ctx: Ctx, { repositories }: AgentsOptions, of: Of): Promise<Segment[]> {
  const { projectId, version } = of
  const has = ({ commits }: Segment) => commits.some(({ id }) => id === version)
  const enough = (segments: readonly Segment[]) => {
    const found = segments.find(has)
    // Parts of a run lie between the commits of others.
    return found !== undefined && (found.run === null || segments.length > 500)
  }
  const all = await readHistory(ctx, repositories, { projectId, after: undefined, enough })
  const found = all.find(has)
  if (!found) return []
  return found.run === null ? [found] : all.filter(({ run }) => run === found.run)
}

async function nameOf(ctx: Ctx, { run: runId, commits }: Segment): Promise<string> {
  const [title = ""] = (commits[0]?.message ?? "").split("\n")
  if (runId === null) return `“${title.slice(0, 100)}”`
  const run = await needRun(ctx, runId)
  if (unfinishedRunStates.includes(run.state)) {
    throw fault("wrong_state", { say: "The run is not over yet. Wait for it, or stop it first." })
  }
  return `run ${run.number}`
}

function changedSince(paths: readonly string[]): Fault {
  const [first, ...more] = paths
  const others = more.length === 0 ? "" : ` and ${more.length} more`
  return fault("conflict", {
    say: `${first}${others} changed again since, at the same places. Nothing was changed. Undo what came later first, or restore a whole version.`,
    fields: Object.fromEntries(
      paths.map((path) => [
        `/files/${path.replaceAll("~", "~0").replaceAll("/", "~1")}`,
        "It was changed again since.",
      ]),
    ),
  })
}
