import { isFault } from "@vibecaas/kernel/fault"
import type { Tx } from "../db/tenant.ts"
import type { PlatformVault } from "../secrets/index.ts"
import { listProviders, listRoles, type ProviderRow, type RoleRow } from "./queries/settings.ts"

/** What people set of a provider, with its key. */
export interface KeptProvider {
  row: ProviderRow
  /** nothing: it asks for none, or what is kept cannot be opened */
  key: string | undefined
  /** why what is kept cannot be used */
  wrong: string | null
}

/** All that people set. */
export interface Kept {
  providers: readonly KeptProvider[]
  roles: readonly RoleRow[]
}

/** What the vault has a provider's key by. */
export const keyName = (provider: string) => `model_providers/${provider}`

export async function readKept(tx: Tx, vault: PlatformVault): Promise<Kept> {
  const providers: KeptProvider[] = []
  for (const row of await listProviders(tx)) {
    providers.push({ row, ...(await opened(() => vault.read(tx, keyName(row.provider)))) })
  }
  return { providers, roles: await listRoles(tx) }
}

/** A server goes on without the key that it cannot open. */
async function opened(read: () => Promise<string | undefined>) {
  try {
    return { key: await read(), wrong: null }
  } catch (error) {
    if (!isFault(error, "seal_broken")) throw error
    const wrong = "The key was sealed with another master key than this server has. Set it again."
    return { key: undefined, wrong }
  }
}
