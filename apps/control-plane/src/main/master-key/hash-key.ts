import { hkdfSync } from "node:crypto"
import { invariant } from "@vibecaas/kernel/fault"
import { type MasterKey, open, seal } from "@vibecaas/kernel/seal"
import type { Database } from "../../db/tenant.ts"
import { findPlatformKey, insertPlatformKey, platformContext } from "../../secrets/index.ts"

const name = "secrets of API keys"
const first = { name, number: 1, setByName: "The platform" }

/**
 * The key by which secrets of API keys are hashed. It is kept, sealed: another master key must not end every
 * API key. The first one is made of the master key, as it was before it was kept.
 *
 * @throws Fault `seal_broken` when another master key sealed it
 */
export async function readHashKey(database: Database, master: MasterKey): Promise<Uint8Array> {
  const found = await database.asPlatform(async (tx) => {
    const sealed = seal(master, firstHashKey(master), platformContext(first))
    await insertPlatformKey(tx, { ...first, sealed })
    return findPlatformKey(tx, name)
  })
  invariant(found, "it was there or has just been made")
  return open(master, found.sealed, platformContext({ name, ...found }))
}

export const firstHashKey = (master: MasterKey): Uint8Array =>
  Buffer.from(hkdfSync("sha256", master.bytes, "", name, 32))
