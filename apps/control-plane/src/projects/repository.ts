import type { Commit, FileDiff, FileEntry } from "@vibecaas/contract/commits"
import type { GitRequest } from "./git-http/backend.ts"
import type { Reversed, Size, Span } from "./git-trees.ts"

/** A change of one file: new bytes, or `null` to delete it. */
export interface FileChange {
  path: string
  content: Uint8Array | null
}

/** What lines are looked for. */
export interface Search {
  /** letter by letter; with `regex` a pattern in Perl's manner, whose backtracking git limits */
  text: string
  regex?: boolean | undefined
  /** only files whose path matches; without a slash it is matched in every folder */
  glob?: string | undefined
  /** 200 when absent */
  linesMax?: number
}

export interface FoundLine {
  path: string
  line: number
  text: string
}

/**
 * The files of a project: one branch of a bare git repository, written by plumbing only, so no
 * work tree and no hook ever exists on the host. Commits of all branches can be read by their ids.
 */
export interface Repository {
  /** the newest commit, or `null` when nothing was written yet */
  head(): Promise<string | null>
  /** @throws Fault `not_found` when there is no such commit */
  list(commit: string): Promise<FileEntry[]>
  /** the file's bytes, at most `maxBytes` of them, or `null` when it does not exist */
  read(
    commit: string,
    path: string,
    maxBytes: number,
  ): Promise<{ content: Buffer; truncated: boolean } | null>
  /** the whole bytes of listed files, in their order; @throws Fault `not_found` when one is not there */
  readAll(files: readonly Pick<FileEntry, "sha" | "size">[]): Promise<Buffer[]>
  /**
   * Writes one commit on top of `parent`, `null` for the first one.
   *
   * @throws Fault `conflict` when the newest commit is not `parent`, `path_refused`, `too_large`,
   * `disk_full`
   */
  commit(write: {
    parent: string | null
    message: string
    author: string
    changes: readonly FileChange[]
  }): Promise<Commit>
  /** The same with all files of a tree that the repository has, in place of changes. */
  commitTree(write: {
    parent: string | null
    message: string
    author: string
    tree: string
  }): Promise<Commit>
  /** the name of all files of a commit; @throws Fault `not_found` */
  treeOf(commit: string): Promise<string>
  /** how much each span changed */
  sizes(spans: readonly Span[]): Promise<Size[]>
  /** the files of `onto` without what the spans changed, newest first */
  reverse(of: { onto: string; spans: readonly Span[] }): Promise<Reversed>
  /**
   * Files that differ; `from` null means: everything was added.
   *
   * @throws Fault `not_found` when there is no such commit
   */
  diff(from: string | null, to: string): Promise<FileDiff[]>
  /** newest first; `after` is the id of the last commit already seen */
  log(page: { limit: number; after?: string }): Promise<Commit[]>
  /** lines that match, capped; @throws Fault `invalid` when the pattern cannot be used */
  search(commit: string, search: Search): Promise<FoundLine[]>
  /**
   * Moves the branch to `commit` (null: to nothing), when it is at `expected`.
   *
   * @throws Fault `conflict` when it is somewhere else
   */
  reset(expected: string | null, commit: string | null): Promise<void>
}

/** A branch of its own. */
export interface Apart {
  /** the id of whoever writes there */
  name: string
  /** the commit it begins at; null: without files */
  from: string | null
}

/** A request of git's. */
type Asked = Pick<GitRequest, "query" | "contentType" | "headers" | "body" | "signal">

/** A whole answer, with its media type. */
export interface Served {
  type: string
  body: Buffer
}

export interface Repositories {
  /** What people see of the project; or what is written apart from that, until somebody wants it. */
  of(projectId: string, apart?: Apart): Repository
  /**
   * What git's own protocol is answered with, of the project's branch alone.
   *
   * @throws Fault `malformed`, `unavailable`
   */
  serve(projectId: string, asked: Asked & Pick<GitRequest, "path">): Promise<Served>
  /** Takes in what git pushes and looks at it; whoever asks moves the branch. @throws Fault as `serve` */
  receive(projectId: string, asked: Asked & { body: Uint8Array }): Promise<Received>
  /** Reads the newest files of a branch elsewhere; nothing is kept. @throws Fault those of `fetchBranch` */
  bring(of: BranchElsewhere): Promise<Brought>
  /**
   * Lets a project begin with the files of another, or with all of its versions. One that has files stays as it is.
   *
   * @returns its newest commit; null: there are no files
   */
  copy(of: { from: string; to: string; history: boolean; author: string }): Promise<string | null>
  /** removes the repository; verified gone when it resolves */
  remove(projectId: string): Promise<void>
  /** packs those that became many small files; what is read and written meanwhile goes on */
  tidy(): Promise<void>
  /** ids of the projects that have a repository on disk */
  list(): Promise<string[]>
}

/** What became of a push. */
export type Received =
  | { taken: null; answer: Buffer }
  | {
      taken: { from: string | null; to: string }
      /** what git hears, with sentences of ours */
      answer(says: readonly string[]): Buffer
    }

/** A branch of a repository elsewhere. */
export interface BranchElsewhere {
  /** names the folder it is fetched into, which is emptied before and removed after */
  name: string
  /** https, without a user */
  url: string
  /** the server's own when null */
  branch: string | null
  /** the only way out: a proxy that leads to the one host */
  proxy: string
  /** what opens a private repository */
  token?: string | undefined
  /** certificates that the server is trusted by, instead of the well-known ones, as PEM */
  ca?: string | undefined
  signal: AbortSignal
}

export interface Brought {
  /** the commit there */
  commit: string
  changes: FileChange[]
  /** what is not among them, a sentence each */
  leftOut: string[]
}
