import type { FileDiff } from "@vibecaas/contract/commits"
import { needCommitId } from "./commit-id.ts"
import type { Git } from "./git.ts"
import { emptyTree } from "./git-trees.ts"

/** characters of one file's patch; what is longer is cut and marked */
const patchLengthMax = 60_000
const filesMax = 300

/**
 * The first 300 files that differ between two commits, each with its unified diff; big patches are
 * cut and say so.
 *
 * @throws Fault `not_found`
 */
export async function diffCommits(
  git: Git,
  directory: string,
  range: { from: string | null; to: string },
): Promise<FileDiff[]> {
  const ends = [range.from === null ? emptyTree : needCommitId(range.from), needCommitId(range.to)]
  if (range.from === range.to) return []
  const options = [
    "diff-tree",
    "-r",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
  ]
  const [summary, patch] = await Promise.all([
    git(directory, [...options, "--raw", "--numstat", "-z", ...ends]),
    git(directory, [...options, "--patch", "--unified=3", ...ends], { maxOutputBytes: 8_000_000 }),
  ])
  const files = readSummary(summary.stdout.toString()).slice(0, filesMax)
  // In a patch every line of content starts with a blank, +, - or \, so this marks files only.
  const patches = patch.stdout
    .toString()
    .split(/^diff --git .*\n/m)
    .slice(1)
  return files.map((file, index) => {
    const text = patches[index] ?? ""
    const truncated = text.length > patchLengthMax
    return { ...file, patch: hunksOf(truncated ? text.slice(0, patchLengthMax) : text), truncated }
  })
}

/** Without git's header lines: from the first hunk on, or the word for a binary file. */
function hunksOf(patch: string): string {
  const start = patch.search(/^@@ /m)
  if (start >= 0) return patch.slice(start)
  return /^(Binary files|GIT binary patch)/m.test(patch) ? "Binary file" : ""
}

/** `--raw --numstat -z`: `:modes shas X\0path\0` for each file, then `added\tremoved\tpath\0`. */
function readSummary(text: string): Omit<FileDiff, "patch" | "truncated">[] {
  const fields = text.split("\0").filter(Boolean)
  const changes = new Map<string, FileDiff["change"]>()
  const files: Omit<FileDiff, "patch" | "truncated">[] = []
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i] ?? ""
    if (field.startsWith(":")) {
      const letter = field.at(-1)
      changes.set(
        fields[++i] ?? "",
        letter === "A" ? "added" : letter === "D" ? "deleted" : "modified",
      )
      continue
    }
    const [added = "0", removed = "0", path = ""] = field.split("\t")
    files.push({
      path,
      change: changes.get(path) ?? "modified",
      added: Number(added) || 0,
      removed: Number(removed) || 0,
    })
  }
  return files
}
