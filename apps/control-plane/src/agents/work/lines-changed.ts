import type { FileChange, Repository } from "../../projects/index.ts"

/** A change of one file, with whether the commit before had none of that path. */
export interface SeenChange extends FileChange {
  isNew: boolean
}

/** Counts lines of files that are new or gone by themselves; only a changed file needs a diff. */
export async function linesChanged(
  repository: Repository,
  made: { parent: string | null; commit: string; changes: readonly SeenChange[] },
): Promise<{ linesAdded: number; linesRemoved: number }> {
  const { parent, commit, changes } = made
  if (changes.every(({ content, isNew }) => content && isNew)) {
    const linesAdded = changes.reduce((sum, { content }) => sum + lineCount(content), 0)
    return { linesAdded, linesRemoved: 0 }
  }
  const files = await repository.diff(parent, commit)
  return {
    linesAdded: files.reduce((sum, { added }) => sum + added, 0),
    linesRemoved: files.reduce((sum, { removed }) => sum + removed, 0),
  }
}

/** A last line without its newline counts too; a binary file has no lines. */
function lineCount(content: Uint8Array | null): number {
  if (!content || content.length === 0 || content.includes(0)) return 0
  let count = content.at(-1) === 10 ? 0 : 1
  for (const byte of content) if (byte === 10) count += 1
  return count
}
