import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import {
  chmod,
  chown,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises"
import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import type { Log } from "@vibecaas/kernel/log"
import { makeDirectory } from "@vibecaas/kernel/stage-node"
import { type Backup, type BackupRef, backupSchema } from "../backend.ts"
import type { Engine } from "../engine.ts"
import type { Release } from "../release.ts"
import { checkBackupRef } from "../store-ids.ts"

export const [dumpName, filesName] = ["database.dump", "files.tar"] as const
export const manifestName = "manifest.json"

/** Where backups are kept, whichever backend made them: below a folder of the platform's own. */
export interface Keeping {
  settings: {
    dataRoot: string
    /** who reads them for people, when that is not us */
    owner?: { uid: number; gid: number }
    engines: { list(): readonly Pick<Engine, "name">[] }
    clock: Clock
    log: Log
  }
}

type Root = Pick<Keeping["settings"], "dataRoot">
export const backupsOf = ({ dataRoot }: Root, id: string) => `${dataRoot}/backups/${id}`

export const backupDir = (settings: Root, ref: BackupRef) =>
  `${backupsOf(settings, ref.storeId)}/${ref.backupId}`

/** Where the server puts archives that people bring; nothing in it is believed. */
export const inboxOf = ({ dataRoot }: Root) => `${dataRoot}/inbox`

/**
 * A folder with the dump, the files and a manifest; it gets its name when it is whole.
 *
 * @param fill writes both files into the folder, and answers what dumped, with its version
 */
export async function makeBackup(
  keeping: Keeping,
  of: { storeId: string; engine: string; version: string; backupId: string },
  fill: (folder: string) => Promise<string>,
): Promise<Backup> {
  const { settings } = keeping
  const ref = checkBackupRef({ storeId: of.storeId, backupId: of.backupId })
  const known = await readManifest(keeping, ref)
  if (known) return known
  const unfinished = `${backupDir(settings, ref)}.unfinished`
  await makeFolders(keeping, ref, unfinished)
  try {
    const tool = await fill(unfinished)
    const backup: Backup = {
      ...{ ...ref, engine: of.engine, version: of.version, tool },
      madeAt: settings.clock.now().toISOString(),
      ...(await measure(unfinished)),
    }
    return await keepUnfinished(keeping, unfinished, backup)
  } catch (error) {
    // Half a backup is none, and may be as large as a whole one.
    await rm(unfinished, { recursive: true, force: true })
    throw error
  }
}

/** A folder with all its files becomes the backup that its manifest says. */
export async function keepUnfinished(
  keeping: Keeping,
  unfinished: string,
  backup: Backup,
): Promise<Backup> {
  await writeFile(`${unfinished}/${manifestName}`, JSON.stringify(backup), { mode: 0o640 })
  await giveToOwner(keeping, unfinished)
  await rename(unfinished, backupDir(keeping.settings, backup))
  return backup
}

/** @throws Fault `invalid` when a backup cannot become this release's data */
export async function checkFits(keeping: Keeping, ref: BackupRef, release: Release): Promise<void> {
  const backup = await checkBackup(keeping, checkBackupRef(ref))
  if (backup.engine === release.engine && backup.version === release.version) return
  throw fault("invalid", {
    say: `This backup is of ${backup.engine} ${backup.version} and cannot be restored as ${release.engine} ${release.version}.`,
  })
}

/** @throws Fault `invalid` when there is none, or it is not what was written */
export async function checkBackup(keeping: Keeping, ref: BackupRef): Promise<Backup> {
  const backup = await readManifest(keeping, ref)
  if (!backup) throw fault("invalid", { say: "There is no such backup." })
  const { files } = await measure(backupDir(keeping.settings, ref))
  for (const { name, sha256 } of backup.files) {
    if (files.some((file) => file.name === name && file.sha256 === sha256)) continue
    throw fault("invalid", {
      say: `The backup is damaged: the checksum of ${name} is another one. Nothing was changed.`,
    })
  }
  return backup
}

export async function listBackups(keeping: Keeping, storeId: string): Promise<Backup[]> {
  const names = await readdir(backupsOf(keeping.settings, storeId)).catch(() => [])
  const found = await Promise.all(
    names
      .filter((name) => !name.endsWith(".unfinished"))
      .map((backupId) => readManifest(keeping, { storeId, backupId })),
  )
  return found
    .filter((backup) => backup !== undefined)
    .sort((a, b) => (a.madeAt < b.madeAt ? -1 : 1))
}

export async function removeBackup(keeping: Keeping, ref: BackupRef): Promise<void> {
  const dir = backupDir(keeping.settings, checkBackupRef(ref))
  for (const path of [`${dir}.unfinished`, dir]) await rm(path, { recursive: true, force: true })
}

export async function readManifest(
  { settings }: Keeping,
  ref: BackupRef,
): Promise<Backup | undefined> {
  const path = `${backupDir(settings, ref)}/${manifestName}`
  const text = await readFile(path, "utf8").catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return backupSchema.parse(JSON.parse(text))
  } catch {
    settings.log.error({ ...ref }, "the manifest of a backup cannot be read")
    return undefined
  }
}

export async function measure(dir: string): Promise<Pick<Backup, "bytes" | "files">> {
  const files = await Promise.all(
    [dumpName, filesName].map(async (name) => ({
      name,
      bytes: (await stat(`${dir}/${name}`).catch(() => undefined))?.size ?? 0,
      sha256: await hashOf(`${dir}/${name}`),
    })),
  )
  return { files, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256")
  try {
    for await (const part of createReadStream(path)) hash.update(part)
  } catch {
    // A file that is gone is no file that was written.
    return ""
  }
  return hash.digest("hex")
}

export async function makeFolders(
  keeping: Keeping,
  ref: BackupRef,
  unfinished: string,
): Promise<void> {
  const { owner } = keeping.settings
  const above = backupsOf(keeping.settings, ref.storeId)
  await makeDirectory(above, owner ? 0o750 : 0o700)
  if (owner) await chown(above, process.getuid?.() ?? 0, owner.gid)
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
}

/** The server reads backups for people; only we write them. */
export async function giveToOwner({ settings }: Keeping, dir: string): Promise<void> {
  const { owner } = settings
  if (!owner) return
  for (const name of ["", ...(await readdir(dir))]) {
    await chown(`${dir}/${name}`, process.getuid?.() ?? 0, owner.gid)
    await chmod(`${dir}/${name}`, name === "" ? 0o750 : 0o640)
  }
}
