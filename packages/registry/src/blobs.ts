import { randomUUID } from "node:crypto"
import { createReadStream } from "node:fs"
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, utimes } from "node:fs/promises"
import { join } from "node:path"
import type { Readable } from "node:stream"
import type { Clock } from "@vibecaas/kernel/clock"
import { type Integrity, startCheck } from "./integrity.ts"
import { filesIn, type Sweepable } from "./sweep.ts"
import { type Answer, tooLarge } from "./upstream.ts"

/** Files of packages by the hash of their bytes: what is there is right, and never changes. */
export interface Blobs {
  /** The bytes, fetched when they are not there; two that want the same fetch it once. */
  read(of: Integrity, ask: () => Promise<Answer>): Promise<{ size: number; stream: Readable }>
  list(): Promise<Sweepable[]>
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
    async list() {
      const folders = await readdir(root).catch(() => [])
      const files = await Promise.all(folders.map((folder) => filesIn(join(root, folder))))
      return files.flat().map(({ path, ...file }) => {
        const drop = () => rm(path, { force: true }).then(() => 0)
        return { ...file, last: false, drop }
      })
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
    await using file = await open(unfinished, "wx+", 0o600)
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
  const check = startCheck(of)
  let size = 0
  for await (const chunk of answer.body) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge(maxBytes)
    check.update(chunk)
    await file.writeFile(chunk)
  }
  await check.end(file)
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )
