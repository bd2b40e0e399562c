import type { IdOf } from "@vibecaas/contract/kinds"
import type { Commit, FileDiff, FileEntry } from "@vibecaas/contract/kinds/projects"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { announce } from "./announce.ts"
import { type AtMost, atMost } from "./at-most.ts"
import { lockLivingProject } from "./need-project.ts"
import { writeObserved } from "./queries.ts"
import type { Repositories } from "./repository.ts"

/** bytes of a file that are shown at most */
const shownBytesMax = 262_144

/**
 * All files at a commit, the newest by default.
 *
 * @throws Fault `not_found` when there is no such commit
 */
export async function listFiles(
  repositories: Repositories,
  wanted: { projectId: IdOf<"project">; commit: string | undefined },
): Promise<{ commit: string | null; items: FileEntry[] }> {
  const repository = repositories.of(wanted.projectId)
  const commit = wanted.commit ?? (await repository.head())
  return { commit, items: commit ? await repository.list(commit) : [] }
}

/**
 * One file's text at a commit, the newest by default; at most 256 KiB, and none of a binary file.
 *
 * @throws Fault `not_found`
 */
export async function readFile(
  repositories: Repositories,
  wanted: { projectId: IdOf<"project">; path: string; commit: string | undefined },
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
  projectId: IdOf<"project">
  message: string
  /** the commit the changes are based on; `null`: there must be none yet; the newest when absent */
  parent: string | null | undefined
  /** text becomes UTF-8; `null` deletes the file */
  changes: readonly { path: string; content: string | Uint8Array | null }[]
  /** who is named by the commit; who asks for it when absent */
  author?: string
}

/** Commits of one server at once; their transactions use a part of the pool's 20 connections. */
const commitsMax = 8

/** Made once for a server. */
export const makeSaving = (): AtMost => atMost(commitsMax, tooManyCommits)

const tooManyCommits = () =>
  fault("unavailable", {
    say: "Many files are being saved right now. Nothing was written; try again in a moment.",
    retryable: true,
    retryAfterSeconds: 1,
  })

export interface CommitParts {
  repositories: Repositories
  /** bounds the transactions that wait for git */
  saving: AtMost
}

/**
 * Writes and deletes files in one commit.
 *
 * git works inside the transaction, so that the commit, its audit record and the kept answer to an
 * `Idempotency-Key` are one thing, and the locked row keeps a deletion from passing by.
 *
 * @throws Fault `not_found`, `wrong_state`, `conflict`, `path_refused`, `too_large`, `disk_full`,
 * `unavailable` when too many commits are under way
 */
export async function commitFiles(ctx: Ctx, parts: CommitParts, write: FileWrite): Promise<Commit> {
  const project = await lockLivingProject(ctx, write.projectId)
  const made = await parts.saving(() =>
    writeCommit(parts.repositories, write.author ?? ctx.actor.name, write),
  )
  const details = { about: project.name, commit: made.id, files: write.changes.length }
  record(ctx, { action: "project.commit", subject: write.projectId, details })
  await writeObserved(ctx.db, project.id, { updatedAt: ctx.clock.now() })
  announce(ctx, project.id)
  return made
}

async function writeCommit(
  repositories: Repositories,
  author: string,
  { projectId, parent, message, changes }: FileWrite,
): Promise<Commit> {
  const repository = repositories.of(projectId)
  return repository.commit({
    parent: parent === undefined ? await repository.head() : parent,
    message,
    author,
    changes: changes.map(({ path, content }) => ({
      path,
      content: typeof content === "string" ? Buffer.from(content) : content,
    })),
  })
}

/**
 * What changed between two commits.
 *
 * @param range `from` absent means: from the parent of `to`
 * @throws Fault `not_found` when there is no such commit
 */
export async function diffCommits(
  repositories: Repositories,
  range: { projectId: IdOf<"project">; from: string | undefined; to: string },
): Promise<FileDiff[]> {
  const repository = repositories.of(range.projectId)
  const from = range.from ?? (await repository.log({ limit: 1, after: range.to }))[0]?.id
  return repository.diff(from ?? null, range.to)
}
