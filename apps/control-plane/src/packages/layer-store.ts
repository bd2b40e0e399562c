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
import { Readable } from "node:stream"
import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import * as tar from "tar"
import { unpackLayer } from "./unpack-layer.ts"

/**
 * Layers on the disk of this server. Machines on the same host see `trees` and cannot list it: whoever
 * does not know the hash of what a layer was made from does not find it.
 */
export interface LayerStore {
  has(name: string): Promise<boolean>
  /**
   * Keeps a layer out of an archive that a machine sent, in place of layers that nobody used for a
   * while; a whole layer that is there already stays.
   *
   * @throws Fault `too_large`, `guest_broken` for an archive that is none, `disk_full` also when layers
   * in use leave no room for it below `bytesMax`
   */
  keep(name: string, archive: Readable): Promise<void>
  /** The same as an archive, for machines that do not see `trees`. */
  open(name: string): Readable
  /** Removes layers that nobody used for a while, those first that were not used for longest. */
  sweep(): Promise<void>
}

export interface LayerStoreOptions {
  /** a directory of our own, on the same file system as `trees` */
  root: string
  /** the directory that machines see: passable for them, and listable by nobody */
  trees: string
  clock: Clock
  /** most that all layers may have together, with those that are being unpacked */
  bytesMax: number
}

/** Whoever uses a layer says so at least every minute. */
const usedRecentlyMs = 30 * 60_000

export function makeLayerStore(options: LayerStoreOptions): LayerStore {
  const keeping = new Map<string, Promise<void>>()
  const places = placesIn(options)
  const room = makeRoom(options, places)
  const keep = async (name: string, archive: Readable) => {
    const unfinished = places.aside()
    let taken = 0
    // The machine may be lost before anybody reads; whoever reads then hears of it.
    archive.on("error", () => {})
    const take = async (bytes: number) => {
      await room.take(bytes)
      taken += bytes
    }
    try {
      await room.ready()
      if (await has(options, { places, name })) return
      await mkdir(unfinished, { recursive: true })
      await chmod(unfinished, 0o755)
      await unpackLayer(archive, { folder: unfinished, take })
      await room.inTurn(async () => {
        await place(options, { places, name, unfinished, bytes: taken })
        room.nowKept(taken)
        taken = 0
      })
    } catch (error) {
      throw asFault(error)
    } finally {
      archive.destroy()
      await rm(unfinished, { recursive: true, force: true }).finally(() => room.giveBack(taken))
    }
  }
  return {
    has: (name) => has(options, { places, name }),
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
    open: (name) => Readable.from(tar.create({ cwd: places.treeOf(name), portable: true }, ["."])),
    sweep: async () => {
      await room.ready()
      await room.sweep()
    },
  }
}

interface Places {
  notes: string
  /** what is not whole yet, or not wanted any more: nothing in it is kept when the server starts */
  unfinished: string
  noteOf(name: string): string
  treeOf(name: string): string
  /** a new place in `unfinished` */
  aside(): string
}

function placesIn({ root, trees }: LayerStoreOptions): Places {
  const [notes, unfinished] = [join(root, "notes"), join(root, "unfinished")]
  return {
    ...{ notes, unfinished },
    noteOf: (name) => join(notes, `${name}.json`),
    treeOf: (name) => join(trees, name),
    aside: () => join(unfinished, randomUUID()),
  }
}

interface One {
  places: Places
  name: string
}

/** A layer is whole when its note and its tree are there. */
async function has({ clock }: LayerStoreOptions, { places, name }: One): Promise<boolean> {
  const now = clock.now()
  try {
    await stat(places.treeOf(name))
    // Said with each look, so that what runs keeps what it runs on.
    await utimes(places.noteOf(name), now, now)
    return true
  } catch {
    return false
  }
}

/**
 * The tree comes last, in one step: a crash before it leaves no layer, and a tree without a note,
 * which no sweep would find, is never left.
 */
async function place(
  { clock }: LayerStoreOptions,
  { places, name, unfinished, bytes }: One & { unfinished: string; bytes: number },
): Promise<void> {
  const [note, now] = [places.aside(), clock.now()]
  const gone = await setAside(places, name)
  await mkdir(places.notes, { recursive: true, mode: 0o700 })
  await writeFile(note, JSON.stringify({ bytes }), { mode: 0o600 })
  await utimes(note, now, now)
  await rename(note, places.noteOf(name))
  await rename(unfinished, places.treeOf(name))
  await rm(gone, { recursive: true, force: true })
}

/** Takes a layer away in one step, the tree first, and answers where its files are now. */
async function setAside(places: Places, name: string): Promise<string> {
  const gone = places.aside()
  await rename(places.treeOf(name), gone).catch((error) => {
    if (error.code !== "ENOENT") throw error
  })
  await rm(places.noteOf(name), { force: true })
  return gone
}

/** What layers take together, counted while they are unpacked, and made less when it is too much. */
function makeRoom(options: LayerStoreOptions, places: Places) {
  const { bytesMax } = options
  let kept = 0
  let unfinished = 0
  let last: Promise<unknown> = Promise.resolve()
  let started: Promise<void> | undefined
  const inTurn = <T>(action: () => Promise<T>): Promise<T> => {
    const turn = last.then(action)
    last = turn.catch(() => {})
    return turn
  }
  const fits = (bytes: number) => kept + unfinished + bytes <= bytesMax
  const sweepTo = async (most: number) => {
    kept = await sweep(options, { places, most })
  }
  return {
    inTurn,
    /** Removes what a server left that did not end well; once. */
    ready() {
      started ??= inTurn(async () => {
        await rm(places.unfinished, { recursive: true, force: true })
        await mkdir(places.unfinished, { recursive: true, mode: 0o700 })
        await sweepTo(bytesMax)
      })
      started.catch(() => {
        started = undefined
      })
      return started
    },
    sweep: () => inTurn(() => sweepTo(bytesMax - unfinished)),
    /** @throws Fault `disk_full` */
    async take(bytes: number) {
      if (!fits(bytes)) await inTurn(() => sweepTo(bytesMax - unfinished - bytes))
      if (!fits(bytes)) throw noRoom(bytesMax)
      unfinished += bytes
    },
    giveBack(bytes: number) {
      unfinished -= bytes
    },
    nowKept(bytes: number) {
      unfinished -= bytes
      kept += bytes
    },
  }
}

/** Answers what is left, in bytes: at most `most`, or what is used now. */
async function sweep(
  { clock }: LayerStoreOptions,
  { places, most }: { places: Places; most: number },
): Promise<number> {
  const layers: { name: string; bytes: number; usedAt: number }[] = []
  for (const file of await readdir(places.notes).catch(() => [])) {
    const name = file.replace(/\.json$/, "")
    const note = await readNote(places.noteOf(name))
    if (note) layers.push({ name, ...note })
  }
  let left = layers.reduce((sum, { bytes }) => sum + bytes, 0)
  const before = clock.now().getTime() - usedRecentlyMs
  for (const { name, bytes, usedAt } of layers.sort((a, b) => a.usedAt - b.usedAt)) {
    if (left <= most || usedAt > before) break
    await rm(await setAside(places, name), { recursive: true, force: true })
    left -= bytes
  }
  return left
}

async function readNote(path: string): Promise<{ bytes: number; usedAt: number } | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, "utf8"), stat(path)])
    return { bytes: Number(JSON.parse(text).bytes), usedAt: mtimeMs }
  } catch {
    return undefined
  }
}

const noRoom = (bytesMax: number) =>
  fault("disk_full", {
    say: `Installed packages and builds may take ${bytesMax / 1e9} GB together, and those in use leave no room for more. Try again later, or ask the platform's admin to raise VIBECAAS_PACKAGES_GB.`,
    retryable: true,
  })

function asFault(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  if (code !== "ENOSPC" && code !== "EDQUOT") return error
  return fault("disk_full", {
    say: "The platform's disk is full. Free some space and try again.",
    cause: error,
  })
}
