import type { Commit, FileDiff, FileEntry } from "@vibecaas/contract/commits"
import type { IdOf } from "@vibecaas/contract/kinds"
import type { VersionMark } from "@vibecaas/contract/version"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { wakeHolders } from "../core/holds.ts"
import type { FileContent } from "../core/kind.ts"
import { record } from "../core/record.ts"
import { announce } from "./announce.ts"
import { type AtMost, atMost } from "./at-most.ts"
import { fileBytesMax } from "./check-changes.ts"
import { lockLivingProject } from "./need-project.ts"
import type { ProjectRow } from "./project.ts"
import { insertVersion } from "./queries/versions.ts"
import { writeObserved } from "./queries.ts"
import type { FoundLine, Repositories } from "./repository.ts"

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

/**
 * One file's bytes at a commit, the newest by default.
 *
 * @throws Fault `not_found`
 */
export async function readRaw(
  repositories: Repositories,
  wanted: { projectId: IdOf<"project">; path: string; commit: string | undefined },
): Promise<FileContent> {
  const repository = repositories.of(wanted.projectId)
  const commit = wanted.commit ?? (await repository.head())
  const file = commit ? await repository.read(commit, wanted.path, fileBytesMax) : null
  if (!file) throw fault("not_found", { say: "There is no such file at this version." })
  async function* pieces(content: Buffer) {
    if (content.length > 0) yield content
  }
  const name = wanted.path.split("/").at(-1) ?? "file"
  return { name, bytes: file.content.length, pieces: pieces(file.content) }
}

/** Lines of the newest files that hold a text, letter by letter. */
export async function searchFiles(
  repositories: Repositories,
  wanted: { projectId: IdOf<"project">; text: string },
): Promise<FoundLine[]> {
  const repository = repositories.of(wanted.projectId)
  const commit = await repository.head()
  return commit ? repository.search(commit, { text: wanted.text }) : []
}

export interface FileWrite {
  projectId: IdOf<"project">
  message: string
  /** the commit the changes are based on; `null`: there must be none yet; the newest when absent */
  parent: string | null | undefined
  /** text becomes UTF-8; `null` deletes the file */
  changes: readonly { path: string; content: string | Uint8Array | null }[]
  /** all files in place of changes, by the name of a tree */
  tree?: string
  /** what git does not tell of it: how it came about, and of what */
  version?: { kind: VersionMark; of: string | null }
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
  const { version } = write
  const { id, parent: base } = made
  if (version) await insertVersion(ctx, { projectId: project.id, commit: id, base, ...version })
  const files = write.tree === undefined ? { files: write.changes.length } : {}
  const details = { about: project.name, commit: id, ...files, ...version }
  record(ctx, { action: "project.commit", subject: project.id, details })
  await tellOfCommit(ctx, project.id)
  return made
}

/** Whoever shows or follows the project's branch looks again. */
export async function tellOfCommit(ctx: Ctx, id: IdOf<"project">): Promise<void> {
  await writeObserved(ctx.db, id, { updatedAt: ctx.clock.now() })
  announce(ctx, id)
  // A draft may follow the project's branch.
  await wakeHolders(ctx, id)
}

/**
 * Moves the branch to what was pushed and records it.
 *
 * @throws Fault `conflict` when somebody was faster
 */
export async function recordPush(
  ctx: Ctx,
  repositories: Repositories,
  { project, from, to }: { project: ProjectRow; from: string | null; to: string },
): Promise<void> {
  await repositories.of(project.id).reset(from, to)
  await insertVersion(ctx, {
    projectId: project.id,
    commit: to,
    base: from,
    kind: "push",
    of: null,
  })
  const details = { about: project.name, commit: to, kind: "push" }
  record(ctx, { action: "project.commit", subject: project.id, details })
  await tellOfCommit(ctx, project.id)
}

async function writeCommit(
  repositories: Repositories,
  author: string,
  { projectId, message, changes, tree, ...write }: FileWrite,
): Promise<Commit> {
  const repository = repositories.of(projectId)
  const parent = write.parent === undefined ? await repository.head() : write.parent
  if (tree !== undefined) return repository.commitTree({ parent, message, author, tree })
  return repository.commit({
    parent,
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
