import { createHash } from "node:crypto"
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Clock } from "@vibecaas/kernel/clock"
import { bestEffort, type Log } from "@vibecaas/kernel/log"

/** Screenshots of runs as files, each by the hash of its bytes. */
export interface Pictures {
  /** Keeps a JPEG and answers its name; undefined when that was not possible. Of each run the newest stay. */
  keep(runId: string, bytes: Buffer): Promise<string | undefined>
  /** undefined when it is not there, or not any more */
  read(runId: string, name: string): Promise<Buffer | undefined>
  removeAll(runId: string): Promise<void>
}

/** One is at most some 600 kB: a run keeps up to 60 MB. */
const keptOfEach = 100
export const pictureName = /^[0-9a-f]{64}$/

export interface PicturesOptions {
  /** a directory of our own; made when it is not there */
  root: string
  clock: Clock
  log: Log
}

export function makePictures({ root, clock, log }: PicturesOptions): Pictures {
  const folderOf = (runId: string) => join(root, runId)
  return {
    keep: (runId, bytes) =>
      bestEffort(log, "keep a screenshot", async () => {
        const folder = folderOf(runId)
        await mkdir(folder, { recursive: true, mode: 0o700 })
        const name = createHash("sha256").update(bytes).digest("hex")
        const path = join(folder, `${name}.jpg`)
        const unfinished = `${path}.unfinished`
        await writeFile(unfinished, bytes, { mode: 0o600 })
        await rename(unfinished, path)
        // The same picture again is as new as any other.
        await utimes(path, clock.now(), clock.now())
        await removeOldest(folder)
        return name
      }),
    async read(runId, name) {
      if (!pictureName.test(name)) return undefined
      return readFile(join(folderOf(runId), `${name}.jpg`)).catch(() => undefined)
    },
    removeAll: (runId) => rm(folderOf(runId), { recursive: true, force: true }),
  }
}

async function removeOldest(folder: string): Promise<void> {
  const names = await readdir(folder)
  if (names.length <= keptOfEach) return
  const dated = names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs }))
  const oldestFirst = (await Promise.all(dated)).sort((a, b) => a.at - b.at)
  for (const { name } of oldestFirst.slice(0, -keptOfEach)) await rm(join(folder, name))
}
