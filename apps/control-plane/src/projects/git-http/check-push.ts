import { isFault } from "@vibecaas/kernel/fault"
import { fileBytesMax } from "../check-changes.ts"
import { checkFilePath } from "../file-path.ts"
import type { Git } from "../git.ts"

/** What a project's files may be in all. */
export const projectMax = { files: 20_000, bytes: 100 * 1024 * 1024 } as const
const commitsMax = 5000
/** sentences that are told of one push */
const reasonsMax = 10

/**
 * Why commits that were pushed may not become part of a project, in sentences; none when they may. Every commit
 * is looked at, not only the newest: all of them can be read and restored.
 *
 * @param directory where the pushed objects are, apart from the project's
 */
export async function checkPush(
  git: Git,
  directory: string,
  { from, to }: { from: string | null; to: string },
): Promise<string[]> {
  const range = from === null ? [to] : [to, `^${from}`]
  const max = ["--max-count", String(commitsMax + 1)]
  const commits = (await git(directory, ["rev-list", ...max, ...range])).stdout.toString()
  const count = commits.split("\n").length - 1
  if (count > commitsMax) return [`A push may have ${commitsMax} commits.`]
  const files = await filesIn(git, directory, commits)
  if (files === undefined) return ["The push changes more files than can be looked at."]
  const reasons = [...files].flatMap(([path, { mode }]) => reasonAgainst(path, mode))
  if (reasons.length === 0) reasons.push(...(await tooLarge(git, directory, files)))
  if (reasons.length === 0) reasons.push(...(await tooMuch(git, directory, to)))
  const more = reasons.length - reasonsMax
  return more > 0 ? [...reasons.slice(0, reasonsMax), `And ${more} more.`] : reasons
}

type Files = Map<string, { mode: string; shas: Set<string> }>

/** Every file that one of the commits wrote, by its path. */
async function filesIn(git: Git, directory: string, commits: string): Promise<Files | undefined> {
  const argv = ["diff-tree", "--stdin", "-r", "-m", "--root", "--raw", "-z", "--no-renames"]
  const { stdout, truncated } = await git(directory, argv, {
    stdin: commits,
    maxOutputBytes: 64 * 1024 * 1024,
  })
  if (truncated) return undefined
  const files: Files = new Map()
  const fields = stdout.toString().split("\0")
  for (let at = 0; at < fields.length; at++) {
    // A commit's id stands before its files.
    const change = /:\d+ (\d+) [0-9a-f]+ ([0-9a-f]+) \w$/.exec(fields[at] ?? "")
    if (!change) continue
    const [, mode = "", sha = ""] = change
    const path = fields[++at] ?? ""
    if (mode === "000000") continue
    const known = files.get(path)
    if (known && known.mode === mode) known.shas.add(sha)
    else
      files.set(path, {
        mode: known ? worse(known.mode, mode) : mode,
        shas: new Set([...(known?.shas ?? []), sha]),
      })
  }
  return files
}

const ordinary = new Set(["100644", "100755"])
const worse = (one: string, other: string) => (ordinary.has(one) ? other : one)

function reasonAgainst(path: string, mode: string): string[] {
  const name = JSON.stringify(path.slice(0, 100))
  if (mode === "120000") return [`${name} is a symbolic link; only files are kept.`]
  if (mode === "160000") return [`${name} is a submodule; only files are kept.`]
  if (!ordinary.has(mode)) return [`${name} is no ordinary file.`]
  try {
    checkFilePath(path)
    return []
  } catch (error) {
    if (isFault(error, "path_refused")) return [error.say]
    throw error
  }
}

async function tooLarge(git: Git, directory: string, files: Files): Promise<string[]> {
  const named = [...files].flatMap(([path, { shas }]) => [...shas].map((sha) => ({ path, sha })))
  const { stdout } = await git(directory, ["cat-file", "--batch-check=%(objectsize)"], {
    stdin: named.map(({ sha }) => `${sha}\n`).join(""),
    maxOutputBytes: 64 * 1024 * 1024,
  })
  const sizes = stdout.toString().split("\n").map(Number)
  return named.flatMap(({ path }, at) => {
    const size = sizes[at] ?? 0
    return size > fileBytesMax
      ? [`${JSON.stringify(path)} has ${size} bytes; a file may have ${fileBytesMax}.`]
      : []
  })
}

async function tooMuch(git: Git, directory: string, commit: string): Promise<string[]> {
  const { stdout } = await git(directory, ["ls-tree", "-r", "-l", "-z", commit], {
    maxOutputBytes: 64 * 1024 * 1024,
  })
  const sizes = stdout
    .toString()
    .split("\0")
    .filter(Boolean)
    .map((row) => Number(row.split("\t")[0]?.split(/ +/)[3]))
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  if (sizes.length <= projectMax.files && bytes <= projectMax.bytes) return []
  return [
    `The project would have ${sizes.length} files of ${bytes} bytes; at most ${projectMax.files} files of ${projectMax.bytes} bytes are kept.`,
  ]
}
