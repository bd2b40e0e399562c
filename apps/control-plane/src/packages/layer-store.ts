import { randomUUID } from "node:crypto"
import {
  chmod,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from "node:fs/promises"
import { join } from "node:path"
import { Readable, Transform } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import * as tar from "tar"

/**
 * Layers on the disk of this server. Machines on the same host see `trees` and cannot list it: whoever
 * does not know the hash of what a layer was made from does not find it.
 */
export interface LayerStore {
  has(name: string): Promise<boolean>
  /**
   * Keeps a layer out of an archive that a machine sent; what is there already stays.
   *
   * @throws Fault `too_large`, `invalid` for an archive that is none, `disk_full`
   */
  keep(name: string, archive: Readable): Promise<void>
  /** The same as an archive, for machines that do not see `trees`. */
  open(name: string): Readable
  /** Removes layers that nobody used for a while, those first that were not used for longest. */
  sweep(): Promise<void>
}

export interface LayerStoreOptions {
  /** a directory of our own */
  root: string
  /** the directory that machines see: passable for them, and listable by nobody */
  trees: string
  clock: Clock
  /** most that all layers may have together; layers in use stay in any case */
  bytesMax: number
}

const layerBytesMax = 1536 * 1024 * 1024
const entriesMax = 200_000
/** Whoever uses a layer says so at least every minute. */
const usedRecentlyMs = 30 * 60_000

export function makeLayerStore(options: LayerStoreOptions): LayerStore {
  const { root, trees, clock } = options
  const keeping = new Map<string, Promise<void>>()
  const noteOf = (name: string) => join(root, "notes", `${name}.json`)
  const treeOf = (name: string) => join(trees, name)
  const keep = async (name: string, archive: Readable) => {
    const unfinished = `${treeOf(name)}.${randomUUID()}`
    try {
      await mkdir(join(root, "notes"), { recursive: true, mode: 0o700 })
      await mkdir(unfinished, { recursive: true })
      await chmod(unfinished, 0o755)
      const bytes = await unpack(archive, unfinished)
      await rm(treeOf(name), { recursive: true, force: true })
      await rename(unfinished, treeOf(name))
      await writeFile(noteOf(name), JSON.stringify({ bytes }), { mode: 0o600 })
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true })
      throw asFault(error)
    }
  }
  return {
    async has(name) {
      const now = clock.now()
      // Said with each look, so that what runs keeps what it runs on.
      return utimes(noteOf(name), now, now).then(
        () => true,
        () => false,
      )
    },
    keep(name, archive) {
      const known = keeping.get(name)
      if (known) {
        archive.destroy()
        return known
      }
      const work = keep(name, archive).finally(() => keeping.delete(name))
      keeping.set(name, work)
      return work
    },
    open: (name) => Readable.from(tar.create({ cwd: treeOf(name), portable: true }, ["."])),
    sweep: () => sweep(options, { noteOf, treeOf }),
  }
}

/**
 * Writes files, folders and links that stay inside, readable by all and with no other rights. The
 * archive comes from a machine, and may be anything.
 */
async function unpack(archive: Readable, folder: string): Promise<number> {
  let bytes = 0
  let entries = 0
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      done(bytes > layerBytesMax ? tooLarge() : null, chunk)
    },
  })
  const unpacker = tar.extract({
    cwd: folder,
    strict: true,
    preserveOwner: false,
    noMtime: true,
    chmod: true,
    processUmask: 0,
    umask: 0o022,
    fmode: 0o644,
    dmode: 0o755,
    filter: (_path, entry) => {
      if (++entries > entriesMax) return false
      return (
        "type" in entry && ["File", "OldFile", "Directory", "SymbolicLink"].includes(entry.type)
      )
    },
  })
  await pipeline(archive, meter, unpacker)
  if (entries > entriesMax) throw tooLarge()
  return bytes
}

function tooLarge() {
  return fault("too_large", {
    say: `That is more than ${layerBytesMax / 1024 / 1024} MiB or ${entriesMax} files, which is the most that the platform keeps.`,
  })
}

function asFault(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  if (code === "ENOSPC" || code === "EDQUOT") {
    return fault("disk_full", {
      say: "The platform's disk is full. Free some space and try again.",
      cause: error,
    })
  }
  if (!code.startsWith("TAR_")) return error
  return fault("guest_broken", { say: "The machine sent what cannot be unpacked.", cause: error })
}

interface Places {
  noteOf(name: string): string
  treeOf(name: string): string
}

async function sweep(
  { root, clock, bytesMax }: LayerStoreOptions,
  { noteOf, treeOf }: Places,
): Promise<void> {
  const layers: { name: string; bytes: number; usedAt: number }[] = []
  for (const file of await readdir(join(root, "notes")).catch(() => [])) {
    const name = file.replace(/\.json$/, "")
    const note = await readNote(noteOf(name))
    if (note) layers.push({ name, ...note })
  }
  let left = layers.reduce((sum, { bytes }) => sum + bytes, 0)
  const before = clock.now().getTime() - usedRecentlyMs
  for (const { name, bytes, usedAt } of layers.sort((a, b) => a.usedAt - b.usedAt)) {
    if (left <= bytesMax || usedAt > before) break
    // The note first: without it nobody believes that the layer is whole.
    await rm(noteOf(name), { force: true })
    await rm(treeOf(name), { recursive: true, force: true })
    left -= bytes
  }
}

async function readNote(path: string): Promise<{ bytes: number; usedAt: number } | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, "utf8"), stat(path)])
    return { bytes: Number(JSON.parse(text).bytes), usedAt: mtimeMs }
  } catch {
    return undefined
  }
}
