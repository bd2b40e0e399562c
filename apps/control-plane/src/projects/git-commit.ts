import type { Commit } from "@vibecaas/contract/commits"
import { usualMode } from "@vibecaas/kernel/usual-mode"
import { isCommitId } from "./commit-id.ts"
import type { Git } from "./git.ts"
import { gitFailure } from "./git-faults.ts"
import type { FileChange } from "./repository.ts"

export interface CommitWrite {
  /** full name, e.g. `refs/heads/main` */
  branch: string
  /** id of the newest commit, or `null` when there is none */
  parent: string | null
  message: string
  author: string
  /** checked by `check-changes.ts`: paths go into the stream as they are */
  changes: readonly FileChange[]
  /** all files, in place of changes: a tree that the repository has */
  tree?: string
  now: Date
}

/**
 * Writes blobs, trees, the commit and the branch in one `git fast-import`.
 *
 * fast-import moves a branch only to a descendant of its present value, in one ref transaction,
 * and every commit names its parent: so a branch that has moved on is a conflict, never lost.
 *
 * @throws Fault `conflict`, `disk_full`
 */
export async function importCommit(
  git: Git,
  directory: string,
  write: CommitWrite,
): Promise<Commit> {
  const seconds = Math.floor(write.now.getTime() / 1000)
  const result = await git(directory, ["fast-import", "--quiet", "--done"], {
    stdin: importStream(write, seconds),
  })
  const id = result.stdout.toString().trim()
  if (!isCommitId(id)) throw gitFailure("fast-import", result)
  const at = new Date(seconds * 1000).toISOString()
  return { id, parent: write.parent, message: write.message, author: write.author, at }
}

/** As a machine has it: a clone can be run like what it is a clone of. */
const modeOf = (content: Uint8Array) => `100${usualMode(content).toString(8)}`

function importStream(write: CommitWrite, seconds: number): Buffer {
  const parts: (string | Uint8Array)[] = []
  const name = write.author.replaceAll(/[<>\p{C}]/gu, " ").trim() || "unknown"
  const message = Buffer.from(write.message)
  parts.push(`commit ${write.branch}\nmark :1\ncommitter ${name} <> ${seconds} +0000\n`)
  parts.push(`data ${message.length}\n`, message, "\n")
  if (write.parent) parts.push(`from ${write.parent}\n`)
  if (write.tree !== undefined) parts.push(`M 040000 ${write.tree} ""\n`)
  for (const { path, content } of write.changes) {
    // Paths hold no control characters, quotes or backslashes (checked before), so this quoting is exact.
    if (content === null) parts.push(`D "${path}"\n`)
    else
      parts.push(`M ${modeOf(content)} inline "${path}"\ndata ${content.length}\n`, content, "\n")
  }
  parts.push("\nget-mark :1\ndone\n")
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)))
}
