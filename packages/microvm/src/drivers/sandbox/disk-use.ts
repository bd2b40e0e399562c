import { lstat, opendir } from "node:fs/promises"

/** entries counted before a tree is called too large */
const entriesMax = 200_000

/** Bytes that the directories take on disk; Infinity when there are too many files to count. */
export async function diskUse(directories: string[]): Promise<number> {
  const count = { bytes: 0, entries: 0 }
  for (const directory of directories) await add(directory, count)
  return count.entries > entriesMax ? Number.POSITIVE_INFINITY : count.bytes
}

async function add(path: string, count: { bytes: number; entries: number }): Promise<void> {
  // Files come and go while an app works: one that is gone takes nothing.
  const stats = await lstat(path).catch(() => undefined)
  if (!stats || ++count.entries > entriesMax) return
  count.bytes += stats.blocks * 512
  if (!stats.isDirectory()) return
  const directory = await opendir(path).catch(() => undefined)
  if (!directory) return
  for await (const entry of directory) await add(`${path}/${entry.name}`, count)
}
