import type { IdOf } from "@vibecaas/contract/kinds"
import type { SecretType } from "@vibecaas/contract/secret-types"
import type { Ctx } from "../core/ctx.ts"
import { addSecret } from "./add-secret.ts"
import { addVersion } from "./change-secret.ts"
import { deleteSecret, listKept, lockKept } from "./queries.ts"
import { readValue } from "./seal-value.ts"
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
  /** forgets all that is kept by an object */
  drop(ctx: Ctx, by: string): Promise<void>
}

export interface KeptAs {
  projectId: IdOf<"project"> | null
  type: SecretType
  value?: string
}

export function makeVault(parts: SealParts): Vault {
  const named = (name: string) => (row: { name: string }) => row.name === name
  return {
    async keep(ctx, { by, ...wanted }) {
      const row = (await lockKept(ctx.db, by)).find(named(wanted.name))
      if (row) await addVersion(ctx, parts, { row, value: wanted.value })
      else {
        const usual = { environment: "every", note: "", expiresAt: null, keptBy: by } as const
        await addSecret(ctx, parts, { ...wanted, ...usual })
      }
    },
    async read(ctx, { by, name }) {
      const row = (await listKept(ctx.db, by)).find(named(name))
      return row && readValue(ctx, parts, { secretId: row.id, number: row.current })
    },
    async drop(ctx, by) {
      for (const { id } of await lockKept(ctx.db, by)) await deleteSecret(ctx.db, id)
    },
  }
}
