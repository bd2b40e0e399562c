import type { FileEntry } from "@vibecaas/contract/commits"
import { isFault } from "@vibecaas/kernel/fault"
import { blobId, type FileChange, type Repository } from "../../projects/index.ts"
import { linesChanged, type SeenChange } from "./lines-changed.ts"

/** Names the call that makes a commit; it stands in the commit's message. */
export interface CommitMark {
  /** `<task>/<try>/<call>` */
  key: string
  /** the first line of the message */
  title: string
}

/** A call that is about to delete files which were there when the run began. */
export interface Deletion {
  mark: CommitMark
  /** how many of those the run deleted before */
  before: number
  paths: readonly string[]
}

/**
 * Holds a deletion to the project's rules.
 *
 * @throws Fault `awaits_person` until somebody has decided; `invalid` when it may not be done
 */
export type ApproveDeletion = (deletion: Deletion) => Promise<void>

export interface Changed {
  /** the newest commit that has the change; `null` while the project has none */
  commit: string | null
  paths: string[]
  linesAdded: number
  linesRemoved: number
  /** false when the files were like that already */
  committed: boolean
}

/** The files of one project, as an agent may see and change them. */
export interface ProjectFiles {
  head(): Promise<string | null>
  list(): Promise<FileEntry[]>
  read(path: string, bytesMax: number): Promise<{ content: Buffer; truncated: boolean } | null>
  search(search: Search): ReturnType<Repository["search"]>
  /** the commit at which the run began */
  start: string | null
  /** the files as the run found them */
  atStart: Pick<ProjectFiles, "list" | "read">
  /** what the run changed so far */
  diffSinceStart(): ReturnType<Repository["diff"]>
  /** the commit a call begins at: the parent of the one it made before a crash, else the newest */
  baseOf(mark: CommitMark): Promise<string | null>
  /**
   * Commits what `changesAt` answers for the newest commit, asked again when somebody else was
   * faster. A commit that the same call made before a crash is found again instead of made twice.
   */
  change(
    mark: CommitMark,
    changesAt: (commit: string | null) => Promise<readonly FileChange[]>,
  ): Promise<Changed>
}

type Search = Parameters<Repository["search"]>[1]

export interface ProjectFilesParts {
  repository: Repository
  /** the commit at which the run began */
  start: string | null
  author: string
  /** what asked for the changes, as one line of every commit's message */
  request: string
  /** where to stop looking for a call's commit: the task's newest recorded one */
  since: () => string | null
  /** asked before files go that the run found */
  approveDeletion: ApproveDeletion
  /** an earlier worker may have committed without recording it */
  resumed: boolean
  signal: AbortSignal
  /** lets the tasks of one project commit one after the other: racing, each would pay for the others */
  inTurn: <T>(action: () => Promise<T>) => Promise<T>
}

const attemptsMax = 40
const historyMax = 400

export function makeProjectFiles(parts: ProjectFilesParts): ProjectFiles {
  const { repository } = parts
  return {
    head: () => repository.head(),
    async list() {
      const head = await repository.head()
      return head ? repository.list(head) : []
    },
    async read(path, bytesMax) {
      const head = await repository.head()
      return head ? repository.read(head, path, bytesMax) : null
    },
    async search(search) {
      const head = await repository.head()
      return head ? repository.search(head, search) : []
    },
    start: parts.start,
    atStart: {
      list: async () => (parts.start === null ? [] : repository.list(parts.start)),
      read: async (path, bytesMax) =>
        parts.start === null ? null : repository.read(parts.start, path, bytesMax),
    },
    async diffSinceStart() {
      const head = await repository.head()
      return head ? repository.diff(parts.start, head) : []
    },
    async baseOf(mark) {
      const made = await findMade(parts, mark)
      return made ? made.parent : repository.head()
    },
    change: (mark, changesAt) => parts.inTurn(() => change(parts, mark, changesAt)),
  }
}

/**
 * Another server may commit in between: then once more, on what it left. That may be this very call's
 * commit: git goes on when the process that asked for it has died.
 */
async function change(
  parts: ProjectFilesParts,
  mark: CommitMark,
  changesAt: (commit: string | null) => Promise<readonly FileChange[]>,
): Promise<Changed> {
  for (let attempt = 1; ; attempt++) {
    parts.signal.throwIfAborted()
    const parent = await parts.repository.head()
    const made = await findMade(parts, mark)
    if (made) return changedBy(parts.repository, made)
    const changes = await withoutEqual(parts.repository, parent, await changesAt(parent))
    if (changes.length === 0) return unchanged(parent)
    await approve(parts, mark, { parent, changes })
    try {
      const message = `${oneLine(mark.title)}\n\n${oneLine(parts.request)}\n\nStep: ${mark.key}`
      const { author } = parts
      const { id } = await parts.repository.commit({ parent, message, author, changes })
      const lines = await linesChanged(parts.repository, { parent, commit: id, changes })
      return { commit: id, paths: changes.map(({ path }) => path), ...lines, committed: true }
    } catch (error) {
      if (!isFault(error, "conflict") || attempt >= attemptsMax) throw error
    }
  }
}

/** @throws what keeps the call from deleting files that were there before the run */
async function approve(
  { repository, start, approveDeletion }: ProjectFilesParts,
  mark: CommitMark,
  { parent, changes }: { parent: string | null; changes: readonly FileChange[] },
): Promise<void> {
  const gone = changes.filter(({ content }) => content === null).map(({ path }) => path)
  if (gone.length === 0 || start === null || parent === null) return
  const found = (await repository.list(start)).map(({ path }) => path)
  const left = new Set((await repository.list(parent)).map(({ path }) => path))
  const paths = gone.filter((path) => found.includes(path))
  const before = found.filter((path) => !left.has(path)).length
  if (paths.length > 0) await approveDeletion({ mark, before, paths })
}

/** A title can hold words of a model: a line break in it must not make a second mark. */
const oneLine = (title: string) => title.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ").slice(0, 200)

const unchanged = (commit: string | null): Changed => ({
  commit,
  paths: [],
  linesAdded: 0,
  linesRemoved: 0,
  committed: false,
})

async function changedBy(
  repository: Repository,
  made: { id: string; parent: string | null },
): Promise<Changed> {
  const files = await repository.diff(made.parent, made.id)
  return {
    commit: made.id,
    paths: files.map(({ path }) => path),
    linesAdded: files.reduce((sum, { added }) => sum + added, 0),
    linesRemoved: files.reduce((sum, { removed }) => sum + removed, 0),
    committed: true,
  }
}

/** Drops changes that the files already have. */
async function withoutEqual(
  repository: Repository,
  commit: string | null,
  changes: readonly FileChange[],
): Promise<SeenChange[]> {
  const files = commit ? await repository.list(commit) : []
  const shas = new Map(files.map(({ path, sha }) => [path, sha]))
  return changes.flatMap((each) => {
    const before = shas.get(each.path)
    const after = each.content === null ? undefined : blobId(each.content)
    return before === after ? [] : [{ ...each, isNew: before === undefined }]
  })
}

/** The newest commit that carries this mark. */
async function findMade(
  { repository, since, resumed }: ProjectFilesParts,
  mark: CommitMark,
): Promise<{ id: string; parent: string | null } | undefined> {
  if (!resumed) return undefined
  const end = since()
  let after: string | undefined
  for (let seen = 0; seen < historyMax; seen += 50) {
    const page = await repository.log({ limit: 50, ...(after ? { after } : {}) })
    for (const commit of page) {
      if (commit.id === end) return undefined
      if (commit.message.split("\n").includes(`Step: ${mark.key}`)) return commit
    }
    after = page.at(-1)?.id
    if (page.length < 50) return undefined
  }
  return undefined
}
