import type { Backup, BackupRef } from "../../backend.ts"
import {
  backupDir,
  dumpName,
  filesName,
  makeBackup as keepBackup,
} from "../../backups/keep-backups.ts"
import type { Release } from "../../release.ts"
import { placesOf } from "./layout.ts"
import type { Local } from "./local.ts"
import { stopAll } from "./processes.ts"
import { type StoreRecord, saveRecord } from "./record.ts"
import { toolOf } from "./tool.ts"

const archiveMs = 30 * 60_000

export function makeBackup(
  local: Local,
  { record, release }: { record: StoreRecord; release: Release },
  backupId: string,
): Promise<Backup> {
  const { storeId, engine, version } = record
  return keepBackup(local, { storeId, engine, version, backupId }, (folder) =>
    fill(local, { record, release }, folder),
  )
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
