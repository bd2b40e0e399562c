import type { FileEntry } from "@vibecaas/contract/commits"
import { LRUCache } from "lru-cache"
import { blobId } from "./listings.ts"
import type { FileChange } from "./repository.ts"

type Wanted = Pick<FileEntry, "sha" | "size">

/**
 * Files that were read or written lately, by git's name for their bytes: what was just committed is on its
 * way to a machine, and asking git for it again takes a process.
 */
export interface Blobs {
  get(directory: string, sha: string): Buffer | undefined
  /** The bytes of these files, in their order; `read` answers those that are not known. */
  all<File extends Wanted>(
    directory: string,
    files: readonly File[],
    read: (missing: File[]) => Promise<Buffer[]>,
  ): Promise<Buffer[]>
  /** keeps what a commit wrote */
  follow(directory: string, changes: readonly FileChange[]): void
}

/** bytes of all files together, and of the largest that is kept */
const bytesMax = 32 * 1024 * 1024
const keptBytesMax = 512 * 1024

export function makeBlobs(): Blobs {
  const known = new LRUCache<string, Buffer>({
    maxSize: bytesMax,
    sizeCalculation: (content) => content.length + 200,
  })
  // Two projects may not see each other's files, so one is known within its repository only.
  const keyOf = (directory: string, sha: string) => `${directory} ${sha}`
  const keep = (directory: string, sha: string, content: Uint8Array) => {
    // A copy: a small file must not keep alive what it was read with.
    if (content.length <= keptBytesMax) known.set(keyOf(directory, sha), Buffer.from(content))
  }
  return {
    get: (directory, sha) => known.get(keyOf(directory, sha)),
    async all(directory, files, read) {
      const found = new Map(files.map(({ sha }) => [sha, known.get(keyOf(directory, sha))]))
      const missing = files.filter(({ sha }) => found.get(sha) === undefined)
      const contents = missing.length > 0 ? await read(missing) : []
      for (const [at, { sha }] of missing.entries()) {
        const content = contents[at] ?? Buffer.of()
        found.set(sha, content)
        keep(directory, sha, content)
      }
      return files.map(({ sha }) => found.get(sha) ?? Buffer.of())
    },
    follow(directory, changes) {
      for (const { content } of changes) if (content) keep(directory, blobId(content), content)
    },
  }
}
