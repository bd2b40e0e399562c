import type { Commit } from "@vibecaas/contract/commits"
import type { IdOf } from "@vibecaas/contract/kinds"
import type { VersionMark } from "@vibecaas/contract/version"

/** Commits in a row that belong to one version, and where they are from. */
export interface Segment {
  /** newest first; never empty */
  commits: readonly Commit[]
  /** the commit before them; null: there is none */
  base: string | null
  mark: { kind: VersionMark; of: string | null } | null
  run: IdOf<"run"> | null
}

/** What the database knows of commits. */
export interface Known {
  /** versions that are more than a commit, by the commit that ends them */
  marks: ReadonlyMap<string, { base: string | null; kind: VersionMark; of: string | null }>
  /** runs of the project by their tasks' ids */
  runs: ReadonlyMap<string, IdOf<"run">>
}

/** The task that made a commit, as its message says it: it is looked up before it is believed. */
export function taskOf({ message }: Pick<Commit, "message">): string | undefined {
  return /^Step: (tsk_[0-9a-z]{26})\//m.exec(message)?.[1]
}

/**
 * Divides commits, newest first, into versions. A marked one reaches down to its base, whatever is in
 * between; commits that one run made in a row are one; any other commit is one by itself.
 */
export function divide(commits: readonly Commit[], known: Known): Segment[] {
  const segments: Segment[] = []
  for (let at = 0; at < commits.length; ) {
    const length = lengthOf(commits.slice(at), known)
    const own = commits.slice(at, at + length)
    const [newest] = own
    if (!newest) break
    const mark = known.marks.get(newest.id)
    segments.push({
      commits: own,
      base: mark ? mark.base : (own.at(-1)?.parent ?? null),
      mark: mark ? { kind: mark.kind, of: mark.of } : null,
      run: mark ? null : runOf(newest, known),
    })
    at += length
  }
  return segments
}

function lengthOf(commits: readonly Commit[], known: Known): number {
  const [newest, ...older] = commits
  if (!newest) return 0
  const mark = known.marks.get(newest.id)
  const run = runOf(newest, known)
  const isNext = (commit: Commit) => {
    if (mark) return commit.id === mark.base
    return run === null || known.marks.has(commit.id) || runOf(commit, known) !== run
  }
  const next = older.findIndex(isNext)
  return next < 0 ? commits.length : next + 1
}

function runOf(commit: Commit, known: Known): IdOf<"run"> | null {
  return known.runs.get(taskOf(commit) ?? "") ?? null
}
