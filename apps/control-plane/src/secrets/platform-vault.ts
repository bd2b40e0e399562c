import { fault } from "@vibecaas/kernel/fault"
import { open, seal } from "@vibecaas/kernel/seal"
import type { Ctx } from "../core/ctx.ts"
import type { Tx } from "../db/tenant.ts"
import { deletePlatformKeys, findPlatformKey, insertPlatformKey } from "./queries/platform-keys.ts"
import type { SealParts } from "./secrets-parts.ts"

/**
 * Values of the installation, which are no organization's: with versions as all of the vault, sealed by the master
 * key itself. Whoever keeps one records who set it.
 */
export interface PlatformVault {
  /** keeps a value as the next version. @throws Fault `conflict` when somebody else set one just now */
  keep(ctx: Ctx, of: { name: string; value: string }): Promise<void>
  /** the value that counts. @throws Fault `seal_broken` */
  read(tx: Tx, name: string): Promise<string | undefined>
  /** forgets all versions */
  drop(ctx: Ctx, name: string): Promise<void>
}

/** What was sealed for one version of one name opens for no other. */
export const platformContext = (of: { name: string; number: number }) =>
  `platform_keys/${of.name}/${of.number}`

export function makePlatformVault({ masterKey }: SealParts): PlatformVault {
  return {
    async keep(ctx, { name, value }) {
      const number = ((await findPlatformKey(ctx.db, name))?.number ?? 0) + 1
      const sealed = seal(masterKey, Buffer.from(value), platformContext({ name, number }))
      const by = { setByName: ctx.actor.name, setAt: ctx.clock.now() }
      if (await insertPlatformKey(ctx.db, { name, number, sealed, ...by })) return
      throw fault("conflict", { say: "Somebody else set this just now.", retryable: true })
    },
    async read(tx, name) {
      const row = await findPlatformKey(tx, name)
      return row && open(masterKey, row.sealed, platformContext({ name, ...row })).toString()
    },
    drop: (ctx, name) => deletePlatformKeys(ctx.db, name),
  }
}
