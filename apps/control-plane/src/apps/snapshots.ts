import { createHash } from "node:crypto"
import { createReadStream, createWriteStream } from "node:fs"
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import type { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { backupBytesMax } from "@vibecaas/contract/backups"
import type { IdOf } from "@vibecaas/contract/kinds"
import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"

/** Which archive: a folder for each project, a file for each backup. */
export interface ArchiveOf {
  projectId: IdOf<"project">
  id: string
}

export interface Written {
  bytes: number
  /** in hexadecimal */
  sha256: string
}

/** The archives of backups: data of apps as they were at one moment, as tar. */
export interface Snapshots {
  /** Keeps an archive, in place of one of that name. @throws Fault `disk_full`, `too_large` */
  write(of: ArchiveOf, archive: Readable): Promise<Written>
  /** @throws Fault `not_found` */
  read(of: ArchiveOf): Promise<Readable>
  /** @throws Fault `not_found`, `conflict` when its bytes are not those that were kept */
  verify(of: ArchiveOf, kept: Written): Promise<void>
  /** Harmless when there is none; the project's folder goes with its last one. */
  remove(of: ArchiveOf): Promise<void>
  /** Removes what no backup names: a server died between writing it and its row. */
  removeUnknown(projectId: IdOf<"project">, known: ReadonlySet<string>): Promise<void>
}

/** An archive without a row is left alone for this long, in `ms`: its row may be about to be written. */
const unknownMs = 10 * 60_000

/** @param root a directory of our own; made when it is not there */
export function makeSnapshots({ root, clock }: { root: string; clock: Clock }): Snapshots {
  const folderOf = (projectId: string) => join(root, projectId)
  const pathOf = ({ projectId, id }: ArchiveOf) => join(folderOf(projectId), `${id}.tar`)
  return {
    async write(of, archive) {
      await mkdir(folderOf(of.projectId), { recursive: true, mode: 0o700 })
      return write(pathOf(of), archive)
    },
    read: (of) => open(pathOf(of)),
    async verify(of, kept) {
      const hash = createHash("sha256")
      for await (const bytes of await open(pathOf(of))) hash.update(bytes)
      if (hash.digest("hex") === kept.sha256) return
      const say = "The backup's archive is not as it was written, so it was not used."
      throw fault("conflict", { say })
    },
    async remove(of) {
      await rm(pathOf(of), { force: true })
      const left = await readdir(folderOf(of.projectId)).catch(() => undefined)
      if (left?.length === 0) await rm(folderOf(of.projectId), { recursive: true, force: true })
    },
    async removeUnknown(projectId, known) {
      const names = await readdir(folderOf(projectId)).catch(() => [])
      const before = clock.now().getTime() - unknownMs
      for (const name of names) {
        if (known.has(name.replace(/\.tar(\.unfinished)?$/, ""))) continue
        const path = join(folderOf(projectId), name)
        const seen = await stat(path).catch(() => undefined)
        if (seen && seen.mtimeMs < before) await rm(path, { force: true })
      }
    },
  }
}

async function open(path: string): Promise<Readable> {
  const file = createReadStream(path)
  await new Promise<void>((resolve, reject) => {
    file.once("open", () => resolve())
    file.once("error", (cause) =>
      reject(fault("not_found", { say: "The kept data are not there any more.", cause })),
    )
  })
  return file
}

/** Whole or not at all: what is found under its name was written to its end. */
async function write(path: string, archive: Readable): Promise<Written> {
  const unfinished = `${path}.unfinished`
  const hash = createHash("sha256")
  let bytes = 0
  const count = async function* (pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      bytes += piece.length
      if (bytes > backupBytesMax) throw tooLarge()
      hash.update(piece)
      yield piece
    }
  }
  try {
    await pipeline(archive, count, createWriteStream(unfinished, { mode: 0o600, flush: true }))
    await rename(unfinished, path)
    return { bytes, sha256: hash.digest("hex") }
  } catch (error) {
    await rm(unfinished, { force: true })
    const full = error instanceof Error && "code" in error && error.code === "ENOSPC"
    if (!full) throw error
    const say = "The platform's disk is full. Free some space and try again."
    throw fault("disk_full", { say, cause: error })
  }
}

const tooLarge = () =>
  fault("too_large", {
    say: `The app's data are larger than ${backupBytesMax / 1024 ** 3} GiB, more than a backup can hold.`,
  })
