import { fault } from "@vibecaas/kernel/fault"
import { type MasterKey, masterKey as masterKeyOf } from "@vibecaas/kernel/seal"
import type { Database } from "../../db/tenant.ts"
import { readHashKey } from "./hash-key.ts"
import { organizationsNotWrappedBy } from "./queries.ts"
import { sealBrought } from "./seal-brought.ts"

/**
 * The master key and what is kept of it, for a server that starts.
 *
 * @throws Fault `invalid` with a sentence when another key seals what there is
 */
export async function openMasterKey(
  database: Database,
  hex: string,
): Promise<{ masterKey: MasterKey; hashKey: Uint8Array }> {
  const masterKey = masterKeyOf(Buffer.from(hex, "hex"))
  await assertMasterKey(database, masterKey)
  await sealBrought(database, masterKey)
  return { masterKey, hashKey: await readHashKey(database, masterKey) }
}

/** A server with another key could open nothing that is there, and would seal what comes by a second one. */
export async function assertMasterKey(database: Database, master: MasterKey): Promise<void> {
  const others = await database.asPlatform((tx) => organizationsNotWrappedBy(tx, master.id))
  if (others.length === 0) return
  const whose = others.length === 1 ? "organization" : "organizations"
  throw fault("invalid", {
    say: `Secrets of ${others.length} ${whose} are sealed by another master key than this server has. If it was being changed, run bin/rotate-master-key again: it goes on where it ended. Otherwise put the right key back.`,
  })
}
