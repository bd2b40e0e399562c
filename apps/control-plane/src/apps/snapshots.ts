import { randomUUID } from "node:crypto"
import { createReadStream, createWriteStream } from "node:fs"
import { mkdir, readdir, rename, rm } from "node:fs/promises"
import { join } from "node:path"
import type { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"

/** Data of apps as they were at one moment, one tar archive each. */
export interface Snapshots {
  /** Keeps an archive and answers its name; of each app's the newest few stay. @throws Fault `disk_full` */
  take(appId: string, archive: Readable): Promise<string>
  /** @throws Fault `not_found` */
  read(appId: string, name: string): Promise<Readable>
  /** the name of the newest */
  newest(appId: string): Promise<string | undefined>
  removeAll(appId: string): Promise<void>
}

const keptOfEach = 3

/** @param root a directory of our own; made when it is not there */
export function makeSnapshots({ root, clock }: { root: string; clock: Clock }): Snapshots {
  const folderOf = (appId: string) => join(root, appId)
  return {
    async take(appId, archive) {
      const folder = folderOf(appId)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const name = `${clock.now().toISOString().replaceAll(":", "-")}-${randomUUID()}.tar`
      await write(join(folder, name), archive)
      const names = await namesIn(folder)
      for (const old of names.slice(0, -keptOfEach)) await rm(join(folder, old), { force: true })
      return name
    },
    async read(appId, name) {
      const file = createReadStream(join(folderOf(appId), name))
      await new Promise<void>((resolve, reject) => {
        file.once("open", () => resolve())
        file.once("error", (cause) =>
          reject(fault("not_found", { say: "The kept data are not there any more.", cause })),
        )
      })
      return file
    },
    newest: async (appId) => (await namesIn(folderOf(appId))).at(-1),
    removeAll: (appId) => rm(folderOf(appId), { recursive: true, force: true }),
  }
}

/** Whole or not at all: what is found under its name was written to its end. */
async function write(path: string, archive: Readable): Promise<void> {
  const unfinished = `${path}.unfinished`
  try {
    await pipeline(archive, createWriteStream(unfinished, { mode: 0o600, flush: true }))
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    const full = error instanceof Error && "code" in error && error.code === "ENOSPC"
    if (!full) throw error
    const say = "The platform's disk is full. Free some space and try again."
    throw fault("disk_full", { say, cause: error })
  }
}

/** Names begin with their time, so they are in its order. */
async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => name.endsWith(".tar")).sort()
}
