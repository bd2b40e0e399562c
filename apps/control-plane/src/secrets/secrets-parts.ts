import type { IdOf } from "@vibecaas/contract/kinds"
import type { MasterKey } from "@vibecaas/kernel/seal"
import type { Key } from "@vibecaas/reconcile/key"
import type { Parts } from "../core/ctx.ts"

/** A request to an address that people set, as far as their project's allowed domains let it. */
export interface HookCall {
  organizationId: IdOf<"organization">
  projectId: IdOf<"project">
  url: string
  headers: Readonly<Record<string, string>>
  body: string
  signal: AbortSignal
}

export interface SecretsParts extends Parts {
  /** wraps each organization's data key */
  masterKey: MasterKey
  /** calls a hook; answers why that did not work, as a sentence */
  call(hook: HookCall): Promise<string | undefined>
  /** keys of secrets whose hooks have not heard of the current version */
  due: () => Promise<Key[]>
}

/** What sealing needs. */
export type SealParts = Pick<SecretsParts, "masterKey">
