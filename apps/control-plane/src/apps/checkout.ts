import type { FileEntry } from "@vibecaas/contract/commits"
import { fault, isFault } from "@vibecaas/kernel/fault"
import type { Guest } from "@vibecaas/microvm/guest-client"
import {
  checkFilePath,
  type FileChange,
  type Repository,
  readInBatches,
} from "../projects/index.ts"

/** Where agents work. */
export const workspace = "/workspace"
/** Where the app runs: apart from the agents, who may be half-way through a change. */
export const appFolder = "/tmp/app"
const filesMax = 20_000

/** Most that a command's changes may be, to come back as a commit. */
export const changeLimits = { files: 200, bytes: 4 * 1024 * 1024 } as const

/**
 * Brings a folder of a machine to the files of a commit, writing and removing only what differs.
 * What a scan does not show (node_modules) stays.
 */
export async function checkOut(
  guest: Guest,
  repository: Repository,
  { commit, folder }: { commit: string | null; folder: string },
): Promise<void> {
  const inside = (path: string) => `${folder}/${path}`
  const wanted = commit === null ? [] : await repository.list(commit)
  const there = await shasIn(guest, folder)
  const missing = wanted.filter(({ path, sha }) => there.get(path) !== sha)
  const known = new Set(wanted.map(({ path }) => path))
  const folders = new Set(wanted.flatMap(({ path }) => foldersOf(path)))
  const leftover = [...there.keys()]
    .filter((path) => !known.has(path))
    .map((path) => foldersOf(path).find((folder) => !folders.has(folder)) ?? path)
  // A directory or a link may stand where a file belongs.
  const fresh = missing.map(({ path }) => path).filter((path) => !there.has(path))
  try {
    await guest.remove([...new Set([...leftover, ...fresh])].map(inside))
    await writeAll(guest, repository, { folder, files: missing })
  } catch (error) {
    if (!isFault(error, "outside") && !isFault(error, "not_a_file")) throw error
    // A link stands where a directory belongs: everything on our ways is made anew.
    await guest.remove([...new Set(wanted.map(({ path }) => path.split("/")[0] ?? ""))].map(inside))
    await writeAll(guest, repository, { folder, files: wanted })
  }
}

/** Writes and removes what differs between two commits, and leaves whatever else is in the folder. */
export async function writeChanged(
  guest: Guest,
  repository: Repository,
  { folder, from, to }: { folder: string; from: readonly FileEntry[]; to: readonly FileEntry[] },
): Promise<void> {
  const shas = new Map(from.map(({ path, sha }) => [path, sha]))
  const there = new Set(to.map(({ path }) => path))
  const gone = from.filter(({ path }) => !there.has(path))
  await guest.remove(gone.map(({ path }) => `${folder}/${path}`))
  await writeAll(guest, repository, {
    folder,
    files: to.filter(({ path, sha }) => shas.get(path) !== sha),
  })
}

/** `["a", "a/b"]` for `a/b/c.txt` */
function foldersOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1)
  return parts.map((_, i) => parts.slice(0, i + 1).join("/"))
}

/** A folder that is not there yet is empty. */
async function shasIn(guest: Guest, folder: string): Promise<Map<string, string>> {
  const files = await guest.scan(folder, { maxFiles: filesMax }).catch((error) => {
    if (isFault(error, "not_found")) return []
    throw error
  })
  return new Map(files.map(({ path, sha1 }) => [path, sha1]))
}

async function writeAll(
  guest: Guest,
  repository: Repository,
  { folder, files }: { folder: string; files: FileEntry[] },
): Promise<void> {
  for await (const batch of readInBatches(repository, files))
    await guest.writeFiles(batch.map((file) => ({ ...file, path: `${folder}/${file.path}` })))
}

/**
 * What differs in `/workspace` from a commit, as changes for a commit. Paths that a repository
 * refuses stay in the machine and are left out.
 *
 * @throws Fault `too_large` when it is more than a commit should take
 */
export async function changesSince(
  guest: Guest,
  repository: Repository,
  commit: string | null,
): Promise<FileChange[]> {
  const before = commit === null ? [] : await repository.list(commit)
  const shas = new Map(before.map(({ path, sha }) => [path, sha]))
  const there = await guest.scan(workspace, { maxFiles: filesMax })
  const written = there.filter(
    (file) =>
      shas.get(file.path) !== file.sha1 &&
      isAllowed(file.path) &&
      (shas.has(file.path) || !isProgram(file)),
  )
  const present = new Set(there.map(({ path }) => path))
  const removed = before.filter(({ path }) => !present.has(path))
  const bytes = written.reduce((sum, { size }) => sum + size, 0)
  if (written.length + removed.length > changeLimits.files || bytes > changeLimits.bytes) {
    throw fault("too_large", {
      say: `The command changed ${written.length + removed.length} files (${bytes} bytes); at most ${changeLimits.files} files and ${changeLimits.bytes} bytes are kept. Write generated files to /tmp or /data instead.`,
    })
  }
  const changes: FileChange[] = removed.map(({ path }) => ({ path, content: null }))
  for (const { path, size } of written) {
    changes.push({ path, content: await guest.readFile(`${workspace}/${path}`, size + 4096) })
  }
  return changes
}

/** What compilers write beside the files that it is made from. */
const isProgram = ({ mode, size }: { mode: number; size: number }): boolean =>
  (mode & 0o111) !== 0 && size > programBytesMin
const programBytesMin = 1024 * 1024

function isAllowed(path: string): boolean {
  try {
    checkFilePath(path)
    return true
  } catch {
    return false
  }
}
