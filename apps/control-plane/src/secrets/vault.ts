import type { IdOf } from "@vibecaas/contract/kinds"
import type { SecretType } from "@vibecaas/contract/secret-types"
import type { Ctx } from "../core/ctx.ts"
import { addSecret } from "./add-secret.ts"
import { addVersion } from "./change-secret.ts"
import { sealedOf } from "./queries/kept.ts"
import { deleteSecret, lockKept } from "./queries.ts"
import { openGiven } from "./seal-value.ts"
import type { SealParts } from "./secrets-parts.ts"

/** Which value of another kind's object, such as a store and the password of its database. */
export interface Kept {
  /** id of the object, with which it is dropped */
  by: string
  name: string
}

/**
 * Values that other kinds keep for their objects: sealed and with versions as people's own, in no list, and read
 * by that kind alone, which writes down who it shows one to.
 */
export interface Vault {
  /** keeps a value, as the next version where there is one; without a value the platform makes it */
  keep(ctx: Ctx, of: Kept & KeptAs): Promise<void>
  /** the value that counts. @throws Fault `seal_broken` */
  read(ctx: Ctx, of: Kept): Promise<string | undefined>
  /** all values that count of an object, by their names. @throws Fault `seal_broken` */
  readAll(ctx: Ctx, by: string): Promise<Record<string, string>>
  /** forgets all that is kept by an object, or what is kept of one name */
  drop(ctx: Ctx, by: string, name?: string): Promise<void>
}

export interface KeptAs {
  projectId: IdOf<"project"> | null
  type: SecretType
  value?: string
}

export function makeVault(parts: SealParts): Vault {
  const readAll = async (ctx: Ctx, by: string, name?: string): Promise<Record<string, string>> => {
    const rows = await sealedOf(ctx.db, by, name)
    return Object.fromEntries(rows.map((row) => [row.name, openGiven(parts.masterKey, row)]))
  }
  return {
    readAll: (ctx, by) => readAll(ctx, by),
    async keep(ctx, { by, ...wanted }) {
      const [row] = await lockKept(ctx.db, by, wanted.name)
      if (row) await addVersion(ctx, parts, { row, value: wanted.value })
      else {
        const usual = { environment: "every", note: "", expiresAt: null, keptBy: by } as const
        await addSecret(ctx, parts, { ...wanted, ...usual })
      }
    },
    read: async (ctx, { by, name }) => (await readAll(ctx, by, name))[name],
    async drop(ctx, by, name) {
      for (const { id } of await lockKept(ctx.db, by, name)) await deleteSecret(ctx.db, id)
    },
  }
}
