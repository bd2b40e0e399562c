import { readdir, stat } from "node:fs/promises"
import { join } from "node:path"

/** Something kept that may go when there is too much. */
export interface Sweepable {
  bytes: number
  /** when it was read last, in `ms` */
  readAt: number
  /** goes only when all else is gone */
  last: boolean
  /** answers how many bytes are left of it */
  drop(): Promise<number>
}

/** Drops what was not read for longest, until what is left fits. Answers the bytes that are left. */
export async function makeFit(kept: readonly Sweepable[], maxBytes: number): Promise<number> {
  let left = kept.reduce((sum, { bytes }) => sum + bytes, 0)
  const inTurn = kept.toSorted((a, b) => Number(a.last) - Number(b.last) || a.readAt - b.readAt)
  for (const { bytes, drop } of inTurn) {
    if (left <= maxBytes) break
    left += (await drop()) - bytes
  }
  return left
}

/** The files of a folder with the time of their last reading; none when there is no folder. */
export async function filesIn(folder: string) {
  const found: { path: string; bytes: number; readAt: number }[] = []
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    const stats = await stat(path).catch(() => undefined)
    if (stats?.isFile()) found.push({ path, bytes: stats.size, readAt: stats.mtimeMs })
  }
  return found
}
