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
import { fault } from "@vibecaas/kernel/fault"
import { makeDirectory } from "@vibecaas/kernel/stage-node"
import { type Backup, type BackupRef, backupSchema } from "../../backend.ts"
import type { Release } from "../../release.ts"
import { backupDir, backupsOf, checkBackupRef, placesOf } from "./layout.ts"
import type { Local } from "./local.ts"
import { stopAll } from "./processes.ts"
import { type StoreRecord, saveRecord } from "./record.ts"
import { toolOf } from "./tool.ts"

export const [dumpName, filesName] = ["database.dump", "files.tar"] as const
export const manifestName = "manifest.json"
const archiveMs = 30 * 60_000

/** A folder with the dump, the files and a manifest; it gets its name when it is whole. */
export async function makeBackup(
  local: Local,
  { record, release }: { record: StoreRecord; release: Release },
  backupId: string,
): Promise<Backup> {
  const { settings } = local
  const ref = checkBackupRef({ storeId: record.storeId, backupId })
  const known = await readManifest(local, ref)
  if (known) return known
  const dir = backupDir(settings, ref)
  const unfinished = `${dir}.unfinished`
  await makeFolders(local, ref, unfinished)
  try {
    const tool = await fill(local, { record, release }, unfinished)
    const backup: Backup = {
      ...{ ...ref, engine: record.engine, version: record.version, tool },
      madeAt: settings.clock.now().toISOString(),
      ...(await measure(unfinished)),
    }
    return await keepUnfinished(local, unfinished, backup)
  } catch (error) {
    // Half a backup is none, and may be as large as a whole one.
    await rm(unfinished, { recursive: true, force: true })
    throw error
  }
}

/** Writes a store's dump and its files into a folder. @returns what dumped it, with its version */
async function fill(
  local: Local,
  { record, release }: { record: StoreRecord; release: Release },
  folder: string,
): Promise<string> {
  const { settings } = local
  const datastore = local.datastores[settings.engines.find(record.engine).datastore]
  const run = toolOf(local, record)
  await datastore.wake()
  const tool = await datastore.dump(record, {
    ...{ file: `${folder}/${dumpName}`, run },
    password: release.secrets.databasePassword ?? "",
  })
  const { files } = placesOf(settings, record.storeId)
  await run({
    argv: ["tar", "--create", "--file=-", `--directory=${files}`, "."],
    stdoutFile: `${folder}/${filesName}`,
    timeoutMs: archiveMs,
  })
  return tool
}

/** A folder with all its files becomes the backup that its manifest says. */
export async function keepUnfinished(
  local: Local,
  unfinished: string,
  backup: Backup,
): Promise<Backup> {
  await writeFile(`${unfinished}/${manifestName}`, JSON.stringify(backup), { mode: 0o640 })
  await giveToOwner(local, unfinished)
  await rename(unfinished, backupDir(local.settings, backup))
  return backup
}

/** Puts a backup that was checked (`checkFits`) in the place of what the store has. */
export async function restoreBackup(
  local: Local,
  { record, release }: { record: StoreRecord; release: Release },
  ref: BackupRef,
): Promise<void> {
  const { settings } = local
  await stopAll(local, record)
  const dir = backupDir(settings, ref)
  const run = toolOf(local, record)
  const datastore = local.datastores[settings.engines.find(record.engine).datastore]
  const password = release.secrets.databasePassword ?? ""
  await datastore.ensure(record, { password })
  await datastore.load(record, { file: `${dir}/${dumpName}`, password, run })
  const { files } = placesOf(settings, record.storeId)
  await run({
    argv: ["find", files, "-mindepth", "1", "-delete"],
    timeoutMs: archiveMs,
  })
  await run({
    argv: ["tar", "--extract", "--file=-", "--no-same-owner", `--directory=${files}`],
    stdinFile: `${dir}/${filesName}`,
    timeoutMs: archiveMs,
  })
  record.hasData = true
  await saveRecord(settings, record)
}

/** @throws Fault `invalid` when a backup cannot become this release's data */
export async function checkFits(local: Local, ref: BackupRef, release: Release): Promise<void> {
  const backup = await checkBackup(local, checkBackupRef(ref))
  if (backup.engine === release.engine && backup.version === release.version) return
  throw fault("invalid", {
    say: `This backup is of ${backup.engine} ${backup.version} and cannot be restored as ${release.engine} ${release.version}.`,
  })
}

/** @throws Fault `invalid` when there is none, or it is not what was written */
export async function checkBackup(local: Local, ref: BackupRef): Promise<Backup> {
  const backup = await readManifest(local, ref)
  if (!backup) throw fault("invalid", { say: "There is no such backup." })
  const { files } = await measure(backupDir(local.settings, ref))
  for (const { name, sha256 } of backup.files) {
    if (files.some((file) => file.name === name && file.sha256 === sha256)) continue
    throw fault("invalid", {
      say: `The backup is damaged: the checksum of ${name} is another one. Nothing was changed.`,
    })
  }
  return backup
}

export async function listBackups(local: Local, storeId: string): Promise<Backup[]> {
  const names = await readdir(backupsOf(local.settings, storeId)).catch(() => [])
  const found = await Promise.all(
    names
      .filter((name) => !name.endsWith(".unfinished"))
      .map((backupId) => readManifest(local, { storeId, backupId })),
  )
  return found
    .filter((backup) => backup !== undefined)
    .sort((a, b) => (a.madeAt < b.madeAt ? -1 : 1))
}

export async function removeBackup(local: Local, ref: BackupRef): Promise<void> {
  const dir = backupDir(local.settings, checkBackupRef(ref))
  for (const path of [`${dir}.unfinished`, dir]) await rm(path, { recursive: true, force: true })
}

export async function readManifest(
  { settings }: Local,
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

export async function makeFolders(local: Local, ref: BackupRef, unfinished: string): Promise<void> {
  const { owner } = local.settings
  const above = backupsOf(local.settings, ref.storeId)
  await makeDirectory(above, owner ? 0o750 : 0o700)
  if (owner) await chown(above, process.getuid?.() ?? 0, owner.gid)
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
}

/** The server reads backups for people; only we write them. */
export async function giveToOwner({ settings }: Local, dir: string): Promise<void> {
  const { owner } = settings
  if (!owner) return
  for (const name of ["", ...(await readdir(dir))]) {
    await chown(`${dir}/${name}`, process.getuid?.() ?? 0, owner.gid)
    await chmod(`${dir}/${name}`, name === "" ? 0o750 : 0o640)
  }
}
