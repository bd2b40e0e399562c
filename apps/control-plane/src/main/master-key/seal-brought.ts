import { type MasterKey, open, seal } from "@vibecaas/kernel/seal"
import type { Database, Tx } from "../../db/tenant.ts"
import { contextOf, platformContext } from "../../secrets/index.ts"
import {
  type BroughtKey,
  type BroughtSecret,
  listBroughtKeys,
  listBroughtSecrets,
  organizationsWithBrought,
  putBroughtKey,
  putBroughtSecret,
} from "./brought-queries.ts"
import { dataKeyOf, opened } from "./opened.ts"

/** What values were sealed for where they were before the vault, by the object that keeps them and their name. */
const secretsBefore: Record<
  BroughtSecret["broughtFrom"],
  (of: Pick<BroughtSecret, "keptBy" | "name">) => string
> = {
  "mcp_servers.headers": ({ keptBy, name }) => `mcp_servers/headers/${keptBy}/${name}`,
  "egress_rules.sealed_value": ({ keptBy, name }) => `egress_rules/${keptBy}/${name}`,
  "project_ai.sealed_secret": ({ keptBy }) => `ai:${keptBy}`,
}

const keysBefore: Record<BroughtKey["broughtFrom"], (name: string) => string> = {
  "platform_keys.sealed": (name) => `platform_keys/${name}`,
  // Named by the same path, but for the column.
  "model_providers.sealed_key": (name) => name.replace("/", "/sealed_key/"),
}

/**
 * Seals for their place in the vault what a migration brought there as it was: migrations have no keys. What this
 * master key does not open stays as it is, and does not open there either.
 *
 * @returns how many values were sealed anew
 */
export async function sealBrought(database: Database, master: MasterKey): Promise<number> {
  let sealed = await database.asPlatform((tx) => keysOfPlatform(tx, master))
  for (const organizationId of await database.asPlatform(organizationsWithBrought)) {
    sealed += await database.inOrganization(organizationId, (tx) =>
      secretsOf(tx, { master, organizationId }),
    )
  }
  return sealed
}

async function keysOfPlatform(tx: Tx, master: MasterKey): Promise<number> {
  let count = 0
  for (const row of await listBroughtKeys(tx)) {
    const plain = opened(() => open(master, row.sealed, keysBefore[row.broughtFrom](row.name)))
    if (!plain) continue
    await putBroughtKey(tx, { ...row, sealed: seal(master, plain, platformContext(row)) })
    count += 1
  }
  return count
}

async function secretsOf(
  tx: Tx,
  { master, organizationId }: { master: MasterKey; organizationId: string },
): Promise<number> {
  const key = await dataKeyOf(tx, master, organizationId)
  if (!key) return 0
  let count = 0
  for (const row of await listBroughtSecrets(tx)) {
    const plain = opened(() => open(key, row.sealed, secretsBefore[row.broughtFrom](row)))
    if (!plain) continue
    // The vault keeps texts; this one was bytes.
    const isBytes = row.broughtFrom === "project_ai.sealed_secret"
    const value = isBytes ? Buffer.from(plain.toString("base64url")) : plain
    const sealed = seal(key, value, contextOf({ organizationId, ...row }))
    await putBroughtSecret(tx, { ...row, sealed })
    count += 1
  }
  return count
}
