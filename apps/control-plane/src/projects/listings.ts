import { createHash } from "node:crypto"
import type { FileEntry } from "@vibecaas/contract/commits"
import { LRUCache } from "lru-cache"
import type { FileChange } from "./repository.ts"

/** What commits hold, as far as it was asked: a commit never changes, so its list is good for ever. */
export interface Listings {
  /** @param read asks git */
  of(commit: CommitIn, read: () => Promise<FileEntry[]>): Promise<FileEntry[]>
  /** what is known of it, without asking git */
  known(commit: CommitIn): readonly FileEntry[] | undefined
  /** Works out the list of a commit that was just made from that of its parent, where that is known. */
  follow(made: CommitIn & { parent: string | null; changes: readonly FileChange[] }): void
}

/** Two projects may not see each other's commits, so one is known within its repository only. */
interface CommitIn {
  directory: string
  commit: string
}

/** files in all lists together */
const filesMax = 200_000
/** A list of more files is read again after a commit: working it out would take longer. */
const followedMax = 2000

export function makeListings(): Listings {
  const known = new LRUCache<string, FileEntry[]>({
    maxSize: filesMax,
    sizeCalculation: (files) => files.length + 1,
  })
  const keyOf = ({ directory, commit }: CommitIn) => `${directory} ${commit}`
  return {
    async of(commit, read) {
      const files = known.get(keyOf(commit)) ?? (await read())
      known.set(keyOf(commit), files)
      return files
    },
    known: (commit) => known.get(keyOf(commit)),
    follow({ directory, commit, parent, changes }) {
      const before = parent === null ? [] : known.get(keyOf({ directory, commit: parent }))
      if (!before || before.length + changes.length > followedMax) return
      known.set(keyOf({ directory, commit }), changes.reduce(withChange, before))
    },
  }
}

/** As git does: a file takes the place of a folder of its name, and of a file that it lies below. */
function withChange(files: readonly FileEntry[], { path, content }: FileChange): FileEntry[] {
  const left = files.filter(
    (each) =>
      each.path !== path &&
      !each.path.startsWith(`${path}/`) &&
      !(content && path.startsWith(`${each.path}/`)),
  )
  if (!content) return left
  const at = left.findIndex((each) => Buffer.compare(Buffer.from(each.path), Buffer.from(path)) > 0)
  const entry = { path, sha: blobId(content), size: content.length }
  return left.toSpliced(at < 0 ? left.length : at, 0, entry)
}

/** The name that git gives to a file's bytes. */
export const blobId = (content: Uint8Array): string =>
  createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex")
