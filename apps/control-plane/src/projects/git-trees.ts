import { isCommitId, needCommitId } from "./commit-id.ts"
import type { Git } from "./git.ts"
import { gitFailure } from "./git-faults.ts"

/** What git names the tree without files by. */
export const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

/** From one commit to another; null: from no files at all. */
export interface Span {
  from: string | null
  to: string
}

/** How much differs. */
export interface Size {
  files: number
  added: number
  removed: number
}

/** All files of a commit under one name: the same for the same files. */
export async function treesOf(
  git: Git,
  directory: string,
  commits: readonly (string | null)[],
): Promise<string[]> {
  const names = commits.filter((commit) => commit !== null).map(needCommitId)
  const trees =
    names.length === 0
      ? []
      : (await git(directory, ["rev-parse", ...names.map((name) => `${name}^{tree}`)])).stdout
          .toString()
          .trim()
          .split("\n")
  const known = new Map(names.map((name, at) => [name, trees[at] ?? ""]))
  return commits.map((commit) => (commit === null ? emptyTree : (known.get(commit) ?? "")))
}

/** How much each span changed, by one process for all of them. */
export async function sizesOf(
  git: Git,
  directory: string,
  spans: readonly Span[],
): Promise<Size[]> {
  if (spans.length === 0) return []
  const trees = await treesOf(
    git,
    directory,
    spans.flatMap(({ from, to }) => [from, to]),
  )
  const pairs = spans.map((_, at) => `${trees[at * 2]} ${trees[at * 2 + 1]}\n`)
  const argv = ["diff-tree", "--stdin", "-r", "--no-renames", "--numstat", "-z"]
  const { stdout } = await git(directory, argv, {
    stdin: pairs.join(""),
    maxOutputBytes: 16_000_000,
  })
  return readSizes(stdout.toString())
}

/** Each pair of trees in a line of its own, then `added\tremoved\tpath\0` for each file that differs. */
function readSizes(text: string): Size[] {
  const sizes: Size[] = []
  for (const field of text.split("\0")) {
    let rest = field
    for (; /^[0-9a-f]{40} [0-9a-f]{40}\n/.test(rest); rest = rest.slice(82)) {
      sizes.push({ files: 0, added: 0, removed: 0 })
    }
    const size = sizes.at(-1)
    if (rest === "" || !size) continue
    const [added = "", removed = ""] = rest.split("\t")
    size.files++
    size.added += Number(added) || 0
    size.removed += Number(removed) || 0
  }
  return sizes
}

/** What taking spans back leads to. */
export interface Reversed {
  /** the files as they would be, with marks of git's where there are conflicts */
  tree: string
  /** paths that were changed since at the same places */
  conflicts: string[]
}

/**
 * The files of `onto` without what the spans changed, which are given newest first. Nothing that people
 * see is written: git keeps what it makes on the way without a name.
 */
export async function reverse(
  git: Git,
  directory: string,
  { onto, spans }: { onto: string; spans: readonly Span[] },
): Promise<Reversed> {
  let head = needCommitId(onto)
  let [tree = emptyTree] = await treesOf(git, directory, [head])
  const conflicts = new Set<string>()
  for (const { from, to } of spans) {
    const [before = emptyTree] = await treesOf(git, directory, [from])
    // As if somebody had put the files back right after: merging that keeps what came since.
    const inverse = await looseCommit(git, directory, { tree: before, parent: to })
    const argv = ["merge-tree", "--write-tree", "-z", "--name-only", "--no-messages"]
    const result = await git(directory, [...argv, head, inverse], { answers: [1] })
    const [made = "", ...paths] = result.stdout.toString().split("\0").filter(Boolean)
    if (!isCommitId(made)) throw gitFailure("merge-tree", result)
    for (const path of paths) conflicts.add(path)
    tree = made
    head = await looseCommit(git, directory, { tree, parent: head })
  }
  return { tree, conflicts: [...conflicts].sort() }
}

async function looseCommit(
  git: Git,
  directory: string,
  { tree, parent }: { tree: string; parent: string },
): Promise<string> {
  const argv = ["-c", "user.name=undo", "-c", "user.email=undo"]
  const made = ["commit-tree", tree, "-p", needCommitId(parent), "-m", "undo"]
  const { stdout } = await git(directory, [...argv, ...made])
  return stdout.toString().trim()
}
