import { createWriteStream } from "node:fs"
import { readdir, rm } from "node:fs/promises"
import { type Duplex, PassThrough, type Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { fault } from "@vibecaas/kernel/fault"
import { create } from "tar"
import type { Backup, BackupRef, StoreBackend } from "./backend.ts"
import type { Listen } from "./engine.ts"

/**
 * A backend on this host says also where things are, so that another process of this host can open
 * streams by itself, and no byte of them passes through messages.
 */
export interface ReachableBackend extends StoreBackend {
  /** @throws Fault `unavailable` when the process does not run */
  reach(storeId: string, process: string, of?: "beside"): Promise<Listen>
  /** the folder of a whole backup. @throws Fault `invalid` */
  reachBackup(ref: BackupRef): Promise<string>
  /** the file that the archive of a backup is to be written to before `adoptBackup` */
  reachInbox(ref: BackupRef): Promise<string>
  /** Makes a backup of the archive in its inbox, which is empty afterwards. @throws Fault `invalid` */
  adoptBackup(ref: BackupRef): Promise<Backup>
}

/** @param what of which store, for who runs the platform */
export const notRunning = (what: string) =>
  fault("unavailable", {
    say: "The store's program does not run.",
    ...{ note: what, retryable: true },
  })

/** A backup's folder as one archive. */
export async function packBackup(folder: string): Promise<Duplex> {
  const names = (await readdir(folder)).sort()
  const out = new PassThrough()
  const packing = create({ cwd: folder, portable: true }, names)
  packing.on("error", (error) => out.destroy(new Error("not packed", { cause: error })))
  packing.pipe(out)
  return out
}

/** Hands an archive over by its inbox; one that breaks off leaves nothing. */
export async function sendBackup(
  { reachInbox, adoptBackup }: Pick<ReachableBackend, "reachInbox" | "adoptBackup">,
  { ref, archive }: { ref: BackupRef; archive: Readable },
): Promise<Backup> {
  const path = await reachInbox(ref)
  try {
    // Whoever adopts it may be another user; its folder lets in nobody else.
    await pipeline(archive, createWriteStream(path, { flags: "wx", mode: 0o644 }))
    return await adoptBackup(ref)
  } finally {
    await rm(path, { force: true })
  }
}
