import type { Ctx } from "../../core/ctx.ts"
import { addSecret as add, type WantedSecret } from "../add-secret.ts"
import { setValue as set } from "../change-secret.ts"
import type { SecretRow } from "../secret.ts"
import type { SealParts } from "../secrets-parts.ts"

/** A password of a project, as an owner adds it. */
export const addSecret = (
  ctx: Ctx,
  parts: SealParts,
  wanted: Pick<WantedSecret, "projectId" | "name" | "value"> & Partial<WantedSecret>,
): Promise<SecretRow> => {
  const usual = { environment: "every", type: "password", note: "", expiresAt: null } as const
  return add(ctx, parts, { ...usual, ...wanted })
}

export const setValue = (
  ctx: Ctx,
  parts: SealParts,
  of: { secretId: SecretRow["id"]; value: string },
): Promise<SecretRow> => set(ctx, parts, { ...of, role: "owner" })
