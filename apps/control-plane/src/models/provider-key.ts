import { type MasterKey, open, seal } from "@vibecaas/kernel/seal"

/** A sealed key opens for its own provider only. */
const contextOf = (provider: string) => `model_providers/sealed_key/${provider}`

export function sealKey(master: MasterKey, provider: string, key: string): string {
  return seal(master, Buffer.from(key), contextOf(provider))
}

/** @throws Fault `seal_broken` */
export function openKey(master: MasterKey, provider: string, sealed: string): string {
  return open(master, sealed, contextOf(provider)).toString()
}

/** Enough to tell a key from another; nothing of one so short that this would be much of it. */
export const endsOf = (key: string): string | null => (key.length >= 16 ? key.slice(-4) : null)
