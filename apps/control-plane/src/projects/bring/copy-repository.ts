import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import type { Git } from "../git.ts"
import { readHead } from "../git-reading.ts"

const timeoutMs = 120_000

/**
 * Brings what a repository's branch has to another, which is there: all of its versions, or the files of the
 * newest without any. Nothing names them there yet; doing it again changes nothing.
 *
 * @returns the newest commit and the name of its files; nothing when there are none
 */
export async function copyObjects(
  git: Git,
  { from, to, history }: { from: string; to: string; history: boolean },
): Promise<{ commit: string; tree: string } | undefined> {
  const commit = await readHead(git, from)
  if (commit === null) return undefined
  const argv = ["rev-parse", "--quiet", "--verify", `${commit}^{tree}`]
  const tree = (await git(from, argv)).stdout.toString().trim()
  const packs = join(to, "objects/pack")
  await mkdir(packs, { recursive: true })
  await git(from, ["pack-objects", "--revs", "--quiet", "--threads=1", join(packs, "pack")], {
    stdin: `${history ? commit : tree}\n`,
    timeoutMs,
  })
  return { commit, tree }
}
