import { fault } from "@vibecaas/kernel/fault"
import type { FileChange } from "./repository.ts"

/**
 * Refuses a file in place of a folder that has files, and a file below another: git would drop what
 * stood there without a word. What the same commit deletes is out of the way.
 *
 * @throws Fault `path_refused`
 */
export function checkClashes(
  before: readonly { path: string }[],
  changes: readonly FileChange[],
): void {
  const files = new Set(before.map(({ path }) => path))
  for (const { path, content } of changes) if (content === null) files.delete(path)
  const written = changes.flatMap(({ path, content }) => (content === null ? [] : [path]))
  for (const path of written) files.add(path)
  const folders = new Set([...files].flatMap(foldersOf))
  for (const path of written) {
    if (folders.has(path)) throw clash(path, `${path} is a folder with files`)
    const above = foldersOf(path).find((folder) => files.has(folder))
    if (above !== undefined) throw clash(path, `${above} is a file`)
  }
}

/** The order in which git takes them: a file may take the place of what is deleted, or lie below it. */
export const deletionsFirst = (changes: readonly FileChange[]): FileChange[] =>
  changes.toSorted((a, b) => Number(a.content !== null) - Number(b.content !== null))

/** `["a", "a/b"]` for `a/b/c.txt` */
function foldersOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1)
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"))
}

const clash = (path: string, why: string) =>
  fault("path_refused", {
    say: `${path} cannot be written: ${why}. Delete that in the same change, or choose another name.`,
  })
