import { chmod, chown, mkdir, stat } from "node:fs/promises"
import { dirname } from "node:path"
import { fault } from "@vibecaas/kernel/fault"
import type { Account } from "../db/cluster/run-as.ts"
import type { Places } from "./places.ts"

/**
 * Makes the directories of an installation; those that are there stay as they are.
 *
 * @throws Fault `unavailable` with a sentence when they cannot be made
 */
export async function makePlaces(places: Places): Promise<void> {
  const { data, repositories, machines, snapshots, pictures, runtime, logs } = places
  const { layers, layerTrees, registry, stores, engines } = places
  try {
    for (const place of [
      ...[data, repositories, machines, snapshots, pictures, runtime, logs],
      ...[layers, layerTrees, registry, stores, engines],
    ])
      await makeDirectory(place)
  } catch (error) {
    throw fault("unavailable", {
      say: `VIBECAAS_DATA: ${data} cannot be used: ${reasonOf(error)}.`,
      cause: error,
    })
  }
}

/** Other accounts pass through the data directory to what is theirs, and see nothing else. */
export async function givePlaces(places: Places, account: Account | undefined): Promise<void> {
  const { layers, layerTrees } = places
  // Machines see the trees and may pass, but nobody may list them: their names are what opens them.
  await chmod(layerTrees, account ? 0o711 : 0o311)
  if (!account) return chmod(places.data, 0o700)
  await chmod(places.data, 0o711)
  for (const place of [layers, layerTrees]) await chown(place, account.uid, account.gid)
  const own = [places.repositories, places.snapshots, places.pictures, places.registry]
  for (const place of own) {
    await chown(place, account.uid, account.gid)
    await chmod(place, 0o700)
  }
}

/** One level at a time: Node's own recursive `mkdir` never returns for a path below `/proc`. */
async function makeDirectory(path: string): Promise<void> {
  if (await isDirectory(path)) return
  if (dirname(path) !== path) await makeDirectory(dirname(path))
  await mkdir(path, { mode: 0o711 }).catch(async (error: unknown) => {
    // Somebody else may have made it in between.
    if (!(await isDirectory(path))) throw error
  })
}

function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

const reasons: Record<string, string> = {
  ENOSPC: "the disk is full",
  EACCES: "this user may not write there",
  EROFS: "that file system can only be read",
  EEXIST: "a file of that name is in the way",
  ENOTDIR: "a file of that name is in the way",
  ENOENT: "no directory can be made there",
}

function reasonOf(error: unknown): string {
  const { code = "" } = error as NodeJS.ErrnoException // what fs throws
  return reasons[code] ?? String(error)
}
