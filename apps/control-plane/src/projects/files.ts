import type { Commit, FileDiff, FileEntry } from "@vibecaas/contract/projects"
import { fault } from "@vibecaas/kernel/fault"
import { record } from "../audit/index.ts"
import type { Ctx } from "../ctx.ts"
import { announce } from "./announce.ts"
import { needProject } from "./need-project.ts"
import type { Repositories } from "./repository.ts"

const shownBytesMax = 262_144

/** The paths at a commit, the newest by default. */
export async function listFiles(
  repositories: Repositories,
  wanted: { projectId: string; commit: string | undefined },
): Promise<{ commit: string | null; items: FileEntry[] }> {
  const repository = repositories.of(wanted.projectId)
  const commit = wanted.commit ?? (await repository.head())
  return { commit, items: commit ? await repository.list(commit) : [] }
}

/** @throws Fault `not_found` */
export async function readFile(
  repositories: Repositories,
  wanted: { projectId: string; path: string; commit: string | undefined },
) {
  const repository = repositories.of(wanted.projectId)
  const commit = wanted.commit ?? (await repository.head())
  const file = commit ? await repository.read(commit, wanted.path, shownBytesMax) : null
  if (!file) throw fault("not_found", { say: "There is no such file at this version." })
  const binary = file.content.includes(0)
  return {
    path: wanted.path,
    content: binary ? "" : file.content.toString("utf8"),
    truncated: file.truncated,
    binary,
  }
}

export interface FileWrite {
  projectId: string
  message: string
  parent: string | undefined
  changes: readonly { path: string; content: string | null }[]
}

/** @throws Fault `conflict`, `path_refused`, `too_large`, `wrong_state` */
export async function commitFiles(
  ctx: Ctx,
  repositories: Repositories,
  write: FileWrite,
): Promise<Commit> {
  const project = await needProject(ctx, write.projectId)
  if (project.wanted === "gone")
    throw fault("wrong_state", { say: "The project is being deleted." })
  const repository = repositories.of(write.projectId)
  const made = await repository.commit({
    parent: write.parent ?? (await repository.head()),
    message: write.message,
    author: ctx.actor.name,
    changes: write.changes.map(({ path, content }) => ({
      path,
      content: content === null ? null : Buffer.from(content),
    })),
  })
  const details = { commit: made.id, files: write.changes.length }
  await record(ctx, { action: "project.commit", subject: write.projectId, details })
  await announce(ctx, project)
  return made
}

/** @param range `from` absent means: from the parent of `to` */
export async function diffCommits(
  repositories: Repositories,
  range: { projectId: string; from: string | undefined; to: string },
): Promise<FileDiff[]> {
  const repository = repositories.of(range.projectId)
  const from = range.from ?? (await repository.log({ limit: 1, after: range.to }))[0]?.id
  return repository.diff(from ?? null, range.to)
}
