import { isFault } from "@vibecaas/kernel/fault"
import { type MasterKey, openDataKey } from "@vibecaas/kernel/seal"
import type { Tx } from "../../db/tenant.ts"
import { wrappedKey } from "./queries.ts"

/** Nothing for what the key does not open. */
export function opened<T>(open: () => T): T | undefined {
  try {
    return open()
  } catch (error) {
    if (isFault(error, "seal_broken")) return undefined
    throw error
  }
}

/** The data key of the transaction's organization; nothing where this master key does not open it. */
export async function dataKeyOf(
  tx: Tx,
  master: MasterKey,
  organizationId: string,
): Promise<MasterKey | undefined> {
  const wrapped = (await wrappedKey(tx)) ?? ""
  return opened(() => openDataKey(master, organizationId, wrapped))
}
