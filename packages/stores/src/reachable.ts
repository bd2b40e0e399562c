import { readdir } from "node:fs/promises"
import { type Duplex, PassThrough } from "node:stream"
import { create } from "tar"
import type { BackupRef, StoreBackend } from "./backend.ts"
import type { Listen } from "./engine.ts"

/**
 * A backend on this host says also where things are, so that another process of this host can open
 * streams by itself, and no byte of them passes through messages.
 */
export interface ReachableBackend extends StoreBackend {
  /** @throws Fault `unavailable` when the process does not run */
  reach(storeId: string, process: string): Promise<Listen>
  /** the folder of a whole backup. @throws Fault `invalid` */
  reachBackup(ref: BackupRef): Promise<string>
}

/** A backup's folder as one archive. */
export async function packBackup(folder: string): Promise<Duplex> {
  const names = (await readdir(folder)).sort()
  const out = new PassThrough()
  const packing = create({ cwd: folder, portable: true }, names)
  packing.on("error", (error) => out.destroy(new Error("not packed", { cause: error })))
  packing.pipe(out)
  return out
}
