import { chmod, lchown, lstat, mkdir, opendir, rm } from "node:fs/promises"
import { dirname, relative, resolve } from "node:path"
import { fault } from "@vibecaas/kernel/fault"

/** Where a machine's data lie: by its id, which nobody chooses. */
export const dataDirOf = (root: string, id: string): string => `${root}/${id}`

/**
 * Makes sure that the data directory lies below the root by plain directories, exists, and belongs
 * to the machine's user.
 *
 * Nothing between the root and it may be writable by others than us: otherwise a link could be put
 * in the way between our look and our act, and we may be root.
 *
 * @param uid who shall own it; ours when absent
 * @param formerOwners whose files may be handed over: users of machines, and the server
 */
export async function prepareDataDir(
  root: string,
  dataDir: string,
  ownership?: { uid: number; mayTakeFrom: (uid: number) => boolean },
): Promise<void> {
  await checkDataDir(root, dataDir)
  await mkdir(dirname(dataDir), { recursive: true, mode: 0o711 })
  await mkdir(dataDir, { mode: 0o700 }).catch((error) => {
    if (error.code !== "EEXIST") throw error
  })
  await checkDataDir(root, dataDir)
  if (!ownership) return
  const { uid } = await lstat(dataDir)
  if (uid !== ownership.uid) await handOver(dataDir, ownership)
  await chmod(dataDir, 0o700)
}

/** @throws Fault `data_dir_refused` when a part of the path is missing its plainness */
export async function checkDataDir(root: string, dataDir: string): Promise<void> {
  const below = relative(root, dataDir)
  if (below === "" || below.startsWith("..") || resolve(root, below) !== dataDir) {
    throw refused(`${dataDir} is not below ${root}`)
  }
  const parts = below.split("/")
  for (let depth = 0; depth <= parts.length; depth++) {
    const path = [root, ...parts.slice(0, depth)].join("/")
    const stats = await lstat(path).catch(() => undefined)
    if (!stats) return
    if (!stats.isDirectory()) throw refused(`${path} is not a directory`)
    const isLast = depth === parts.length
    const ours = stats.uid === process.getuid?.() && (stats.mode & 0o022) === 0
    if (!isLast && !ours) throw refused(`others than the launcher may write to ${path}`)
  }
}

export async function removeDataDir(root: string, dataDir: string): Promise<void> {
  await checkDataDir(root, dataDir)
  await rm(dataDir, { recursive: true, force: true })
}

/**
 * Gives a tree to another user, entry by entry, never through a link. Only called while no process
 * of the former owner runs. A file with a second name elsewhere is left alone: it may be one that
 * the former owner could only read.
 */
async function handOver(
  path: string,
  to: { uid: number; mayTakeFrom: (uid: number) => boolean },
): Promise<void> {
  const stats = await lstat(path)
  if (stats.isDirectory()) {
    for await (const entry of await opendir(path)) await handOver(`${path}/${entry.name}`, to)
  }
  const shared = !stats.isDirectory() && stats.nlink > 1
  if (to.mayTakeFrom(stats.uid) && !shared) await lchown(path, to.uid, to.uid)
}

function refused(note: string) {
  return fault("data_dir_refused", {
    say: "The machine's data directory is not where machines may keep data.",
    note,
  })
}
