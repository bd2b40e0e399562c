import { hkdfSync } from "node:crypto"
import { invariant } from "@vibecaas/kernel/fault"
import { type MasterKey, open, seal } from "@vibecaas/kernel/seal"
import type { Database } from "../../db/tenant.ts"
import { findPlatformKey, insertPlatformKey } from "./queries.ts"

const name = "secrets of API keys"
const context = `platform_keys/${name}`

/**
 * The key by which secrets of API keys are hashed. It is kept, sealed: another master key must not end every
 * API key. The first one is made of the master key, as it was before it was kept.
 *
 * @throws Fault `seal_broken` when another master key sealed it
 */
export async function readHashKey(database: Database, master: MasterKey): Promise<Uint8Array> {
  const sealed = await database.asPlatform(async (tx) => {
    await insertPlatformKey(tx, { name, sealed: seal(master, firstHashKey(master), context) })
    return findPlatformKey(tx, name)
  })
  invariant(sealed, "it was there or has just been made")
  return open(master, sealed, context)
}

export const firstHashKey = (master: MasterKey): Uint8Array =>
  Buffer.from(hkdfSync("sha256", master.bytes, "", name, 32))
