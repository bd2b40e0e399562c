import { randomUUID } from "node:crypto"
import { createReadStream } from "node:fs"
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, utimes } from "node:fs/promises"
import { join } from "node:path"
import type { Readable } from "node:stream"
import type { Clock } from "@vibecaas/kernel/clock"
import { checkHash, type Integrity, startHash } from "./integrity.ts"
import { type Answer, tooLarge } from "./upstream.ts"

/** Files of packages by the hash of their bytes: what is there is right, and never changes. */
export interface Blobs {
  /** The bytes, fetched when they are not there; two that want the same fetch it once. */
  read(of: Integrity, ask: () => Promise<Answer>): Promise<{ size: number; stream: Readable }>
  /** Removes what was not read for longest, until what is left fits. Answers the bytes that are left. */
  sweep(maxBytes: number): Promise<number>
}

/** @param fileBytesMax most that one file may have */
export function makeBlobs(options: { root: string; fileBytesMax: number; clock: Clock }): Blobs {
  const { root, fileBytesMax, clock } = options
  const asking = new Map<string, Promise<void>>()
  const place = ({ algorithm, hex }: Integrity) =>
    join(root, `${algorithm}-${hex.slice(0, 2)}`, hex)

  const bring = async (of: Integrity, path: string, ask: () => Promise<Answer>) => {
    const known = asking.get(path)
    if (known) return known
    const work = ask().then((answer) => keep(answer, { of, path, maxBytes: fileBytesMax }))
    asking.set(path, work)
    return work.finally(() => asking.delete(path))
  }
  return {
    async read(of, ask) {
      const path = place(of)
      if (!(await isThere(path))) await bring(of, path, ask)
      const now = clock.now()
      await utimes(path, now, now)
      const { size } = await stat(path)
      return { size, stream: createReadStream(path) }
    },
    async sweep(maxBytes) {
      const files = await filesBelow(root)
      let left = files.reduce((sum, { size }) => sum + size, 0)
      for (const { path, size } of files.sort((a, b) => a.readAt - b.readAt)) {
        if (left <= maxBytes) break
        await rm(path, { force: true })
        left -= size
      }
      return left
    },
  }
}

async function keep(
  answer: Answer,
  { of, path, maxBytes }: { of: Integrity; path: string; maxBytes: number },
): Promise<void> {
  await mkdir(join(path, ".."), { recursive: true })
  const unfinished = `${path}.${randomUUID()}.unfinished`
  try {
    await using file = await open(unfinished, "wx", 0o600)
    await write(file, answer, { of, maxBytes })
    await file.sync()
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

async function write(
  file: FileHandle,
  answer: Answer,
  { of, maxBytes }: { of: Integrity; maxBytes: number },
): Promise<void> {
  const hash = startHash(of)
  let size = 0
  for await (const chunk of answer.body) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge(maxBytes)
    hash.update(chunk)
    await file.writeFile(chunk)
  }
  checkHash(hash, of)
}

async function filesBelow(root: string) {
  const found: { path: string; size: number; readAt: number }[] = []
  for (const folder of await readdir(root).catch(() => [])) {
    for (const name of await readdir(join(root, folder)).catch(() => [])) {
      const path = join(root, folder, name)
      const stats = await stat(path).catch(() => undefined)
      if (stats) found.push({ path, size: stats.size, readAt: stats.mtimeMs })
    }
  }
  return found
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )
