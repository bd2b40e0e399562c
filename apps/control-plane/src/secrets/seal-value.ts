import type { IdOf } from "@vibecaas/contract/kinds"
import { type MasterKey, open, openDataKey, seal } from "@vibecaas/kernel/seal"
import type { Ctx } from "../core/ctx.ts"
import { organizationKey } from "../tenants/index.ts"
import { findSealed } from "./queries.ts"
import type { SealParts } from "./secrets-parts.ts"

/** Which value it is: what was sealed for one opens for no other. */
export interface ValueOf {
  organizationId: string
  secretId: string
  /** 0: the key that signs calls of its hook */
  number: number
}

export const contextOf = ({ organizationId, secretId, number }: ValueOf) =>
  `secret_versions/${organizationId}/${secretId}/${number}`

/** Seals a value of the transaction's organization. */
export async function sealValue(
  ctx: Ctx,
  { masterKey }: SealParts,
  of: { secretId: IdOf<"secret">; number: number; value: string },
): Promise<string> {
  const key = await organizationKey(ctx, masterKey)
  const { organizationId } = ctx
  return seal(key, Buffer.from(of.value), contextOf({ organizationId, ...of }))
}

/** Opens what was sealed for the transaction's organization. @throws Fault `seal_broken` */
export async function openSealed(
  ctx: Ctx,
  { masterKey }: SealParts,
  of: { secretId: IdOf<"secret">; number: number; sealed: string },
): Promise<string> {
  const key = await organizationKey(ctx, masterKey)
  const { organizationId } = ctx
  return open(key, of.sealed, contextOf({ organizationId, ...of })).toString()
}

/** A version's value; nothing when there is no such version any more. @throws Fault `seal_broken` */
export async function readValue(
  ctx: Ctx,
  parts: SealParts,
  of: { secretId: IdOf<"secret">; number: number },
): Promise<string | undefined> {
  const sealed = await findSealed(ctx.db, of)
  return sealed === undefined ? undefined : openSealed(ctx, parts, { ...of, sealed })
}

/** Opens values of whichever organization, each with the data key that came with it. @throws Fault `seal_broken` */
export function openGiven(
  master: MasterKey,
  given: ValueOf & { sealed: string; dataKey: string },
): string {
  const key = openDataKey(master, given.organizationId, given.dataKey)
  return open(key, given.sealed, contextOf(given)).toString()
}
