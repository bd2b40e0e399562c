import { constants } from "node:fs"
import { chown, open, readFile, rm } from "node:fs/promises"
import { pipeline } from "node:stream/promises"
import { fault, isFault } from "@vibecaas/kernel/fault"
import { makeDirectory } from "@vibecaas/kernel/stage-node"
import { extract, type ReadEntry } from "tar"
import { type Backup, type BackupRef, backupSchema } from "../backend.ts"
import {
  backupDir,
  dumpName,
  filesName,
  inboxOf,
  type Keeping,
  keepUnfinished,
  makeFolders,
  manifestName,
  measure,
  readManifest,
} from "./keep-backups.ts"

/** A manifest names a version and two files. */
const manifestBytesMax = 64 * 1024

/** Where the archive of a backup is to be put: a folder that the server may write to. */
export async function inboxFor({ settings }: Keeping, ref: BackupRef): Promise<string> {
  const inbox = inboxOf(settings)
  await makeDirectory(inbox, 0o700)
  if (settings.owner) await chown(inbox, settings.owner.uid, settings.owner.gid)
  return `${inbox}/${ref.storeId}.${ref.backupId}.tar`
}

/**
 * Makes a backup of an archive that somebody brought: exactly the files of one, each as its manifest says.
 *
 * @throws Fault `invalid`, and nothing of it is kept
 */
export async function adoptArchive(keeping: Keeping, ref: BackupRef): Promise<Backup> {
  const known = await readManifest(keeping, ref)
  if (known) return known
  const path = await inboxFor(keeping, ref)
  const unfinished = `${backupDir(keeping.settings, ref)}.unfinished`
  try {
    await makeFolders(keeping, ref, unfinished)
    await unpackInto(path, unfinished)
    const backup = await checked(keeping, ref, unfinished)
    return await keepUnfinished(keeping, unfinished, backup)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  } finally {
    await rm(path, { force: true })
  }
}

const names: readonly string[] = [dumpName, filesName, manifestName]

async function unpackInto(path: string, folder: string): Promise<void> {
  // Whoever may write to the inbox may put there what leads elsewhere, or never ends.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  await using file = await open(path, flags).catch(() => {
    throw refused("It did not arrive.")
  })
  const info = await file.stat()
  if (!info.isFile() || info.nlink !== 1) throw refused("It is no file.")
  let bytes = 0
  let strange = false
  const filter = (name: string, entry: unknown): boolean => {
    const { type, size } = entry as ReadEntry // of an archive that is read, never a file's `Stats`
    bytes += size
    // What was packed tightly would say less than it holds.
    strange ||= !names.includes(name) || type !== "File" || bytes > info.size
    return !strange
  }
  try {
    await pipeline(
      file.createReadStream({ autoClose: false }),
      extract({ cwd: folder, filter, strict: true, preserveOwner: false }),
    )
  } catch (error) {
    if (isFault(error)) throw error
    throw refused("It cannot be unpacked, or breaks off.")
  }
  if (strange) throw refused("It holds something else.")
}

async function checked(keeping: Keeping, ref: BackupRef, folder: string): Promise<Backup> {
  const text = await readFile(`${folder}/${manifestName}`, "utf8").catch(() => "")
  const said = backupSchema.safeParse(text.length > manifestBytesMax ? undefined : jsonOf(text))
  if (!said.success) throw refused("It has no manifest of one.")
  const { engine, version, madeAt, tool } = said.data
  const found = keeping.settings.engines.list().find(({ name }) => name === engine)
  if (!found) throw refused(`It is of the engine “${engine}”, which is not known here.`)
  const seen = await measure(folder)
  for (const { name, sha256 } of seen.files) {
    if (said.data.files.some((file) => file.name === name && file.sha256 === sha256)) continue
    throw refused(`It is damaged: the checksum of ${name} is another one.`)
  }
  return { ...ref, engine, version, madeAt, tool, ...seen }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const refused = (why: string) =>
  fault("invalid", { say: `This is no whole backup of a store. ${why} Nothing was kept.` })
