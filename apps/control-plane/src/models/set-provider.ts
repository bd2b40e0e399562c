import { fault } from "@vibecaas/kernel/fault"
import type { ModelProvider } from "../agents/index.ts"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import type { PlatformVault } from "../secrets/index.ts"
import { deleteProvider, putProvider } from "./queries/settings.ts"
import { settable } from "./reach.ts"
import { keyName } from "./read-kept.ts"

export interface ProviderWish {
  key?: string | undefined
  address?: string | undefined
}

interface Setting {
  vault: PlatformVault
  provider: ModelProvider
}

/**
 * Keeps a provider's key, sealed, and its address, in place of both that were there.
 *
 * @throws Fault `invalid` without what the provider needs
 */
export async function setProvider(
  ctx: Ctx,
  { vault, provider }: Setting,
  { key, address }: ProviderWish,
): Promise<void> {
  const { name, maker, needs, reachedBy } = provider
  if (needs === reachedBy?.key && !key) {
    throw missing("/key", `${maker} answers nobody without a key.`)
  }
  if (needs === reachedBy?.address && !address) {
    throw missing("/address", "Say where the server is, for example http://127.0.0.1:11434/v1.")
  }
  await putProvider(ctx.db, {
    provider: name,
    address: address ?? null,
    setAt: ctx.clock.now(),
    setById: ctx.actor.id ?? ctx.actor.name,
    setByName: ctx.actor.name,
  })
  if (key) await vault.keep(ctx, { name: keyName(name), value: key })
  else await vault.drop(ctx, keyName(name))
  const details = { about: maker, key: key ? "set" : "none", address: address ?? null }
  record(ctx, { action: "model_provider.set", subject: name, details })
}

/** Forgets what people set of a provider. */
export async function removeProvider(ctx: Ctx, { vault, provider }: Setting): Promise<void> {
  const { name, maker } = provider
  if (!(await deleteProvider(ctx.db, name))) return
  await vault.drop(ctx, keyName(name))
  record(ctx, { action: "model_provider.remove", subject: name, details: { about: maker } })
}

/** @throws Fault `not_found` */
export function needProvider(name: string): ModelProvider {
  const provider = settable.find((each) => each.name === name)
  if (provider) return provider
  const known = settable.map((each) => each.name).join(", ")
  throw fault("not_found", {
    say: `There is no such provider of models here. There are: ${known}.`,
  })
}

const missing = (field: string, say: string) => fault("invalid", { say, fields: { [field]: say } })
