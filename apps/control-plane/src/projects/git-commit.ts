import type { Commit } from "@vibecaas/contract/projects"
import { fault } from "@vibecaas/kernel/fault"
import { checkFilePath } from "./file-path.ts"
import type { Git } from "./git.ts"
import type { FileChange } from "./repository.ts"

export interface CommitWrite {
  branch: string
  parent: string | null
  message: string
  author: string
  changes: readonly FileChange[]
  now: Date
}

const fileBytesMax = 1_048_576
const commitBytesMax = 20 * 1_048_576

/**
 * Writes blobs, trees, the commit and the branch in one `git fast-import`.
 *
 * fast-import moves a branch only to a descendant of its present value, in one ref transaction,
 * and every commit names its parent: so a branch that has moved on is a conflict, never lost.
 */
export async function importCommit(
  git: Git,
  directory: string,
  write: CommitWrite,
): Promise<Commit> {
  checkChanges(write.changes)
  const seconds = Math.floor(write.now.getTime() / 1000)
  const result = await git(directory, ["fast-import", "--quiet", "--done"], {
    stdin: importStream(write, seconds),
    answers: [1, 128],
  })
  const id = result.stdout.toString().trim()
  if (result.exitCode !== 0 || !/^[0-9a-f]{40}$/.test(id))
    throw importFailure(result.stderr.toString())
  const at = new Date(seconds * 1000).toISOString()
  return { id, parent: write.parent, message: write.message, author: write.author, at }
}

function checkChanges(changes: readonly FileChange[]): void {
  let total = 0
  for (const { path, content } of changes) {
    checkFilePath(path)
    const size = content?.length ?? 0
    total += size
    if (size > fileBytesMax)
      throw tooLarge(`${path} has ${size} bytes; a file may have ${fileBytesMax}.`)
  }
  if (total > commitBytesMax) {
    throw tooLarge(`The changes have ${total} bytes; one commit may have ${commitBytesMax}.`)
  }
}

const tooLarge = (say: string) => fault("too_large", { say })

function importStream(write: CommitWrite, seconds: number): Buffer {
  const parts: (string | Uint8Array)[] = []
  const name = write.author.replaceAll(/[<>\p{C}]/gu, " ").trim() || "unknown"
  const message = Buffer.from(write.message)
  parts.push(`commit ${write.branch}\nmark :1\ncommitter ${name} <> ${seconds} +0000\n`)
  parts.push(`data ${message.length}\n`, message, "\n")
  if (write.parent) parts.push(`from ${write.parent}\n`)
  for (const { path, content } of write.changes) {
    // Paths hold no control characters, quotes or backslashes (checked above), so this quoting is exact.
    if (content === null) parts.push(`D "${path}"\n`)
    else parts.push(`M 100644 inline "${path}"\ndata ${content.length}\n`, content, "\n")
  }
  parts.push("\nget-mark :1\ndone\n")
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)))
}

function importFailure(stderr: string): Error {
  if (/no space left|disk quota/i.test(stderr)) {
    return fault("disk_full", {
      say: "The server's disk is full. Nothing was changed. Free some space and try again.",
      note: stderr.slice(0, 2000),
      retryable: true,
    })
  }
  if (/Not updating|cannot lock ref|does not contain|is at .* but expected/i.test(stderr)) {
    return fault("conflict", {
      say: "The project's files were changed at the same time. Nothing was written. Read them again and retry.",
      note: stderr.slice(0, 2000),
      retryable: true,
    })
  }
  return new Error(`git fast-import failed: ${stderr.slice(0, 2000)}`)
}
