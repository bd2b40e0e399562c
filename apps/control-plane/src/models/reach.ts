import type { ModelProviderStatus } from "@vibecaas/contract/kinds/models"
import { type ModelProvider, pricedModels, providers } from "../agents/index.ts"
import type { ProviderRow } from "./queries/settings.ts"
import type { KeptProvider } from "./read-kept.ts"

/**
 * How one provider is reached: by what people set here, or else by the environment, never by parts
 * of both, so that a key goes to no address but the one that came with it.
 */
export interface Reach {
  provider: ModelProvider
  row: ProviderRow | undefined
  from: ModelProviderStatus["from"]
  key: string | undefined
  address: string | undefined
  /** why what is kept cannot be used */
  wrong: string | null
}

export type Values = Readonly<Record<string, string | undefined>>

/** Those that people may set. */
export const settable = providers.filter(({ reachedBy }) => reachedBy)

/** @param environment values of the providers' settings, by the names of their variables */
export function reachOf(
  provider: ModelProvider,
  kept: KeptProvider | undefined,
  environment: Values,
): Reach {
  if (kept) {
    const address = kept.row.address ?? undefined
    return { provider, ...kept, from: "here", address }
  }
  const { reachedBy } = provider
  const key = reachedBy && environment[reachedBy.key]
  const address = reachedBy && environment[reachedBy.address]
  const from = key || address ? ("environment" as const) : null
  return { ...{ provider, row: undefined, from, key, address }, wrong: null }
}

/** Whether its models can be asked at all. */
export function isReachable({ provider, key, address }: Reach): boolean {
  const { needs, reachedBy } = provider
  return needs === undefined || Boolean(needs === reachedBy?.key ? key : address)
}

/** The values of all settings, as whoever makes models takes them. */
export function settingsOf(reaches: readonly Reach[], environment: Values): Values {
  const said = reaches.flatMap(({ provider: { reachedBy }, key, address }) =>
    reachedBy ? [{ [reachedBy.key]: key, [reachedBy.address]: address }] : [],
  )
  return Object.assign({ ...environment }, ...said)
}

/** How it is shown to those who may set it: never with its key. */
export function showReach({
  provider,
  row,
  from,
  key,
  address,
  wrong,
}: Reach): ModelProviderStatus {
  const { name, maker, needs, reachedBy, usual } = provider
  return {
    ...{ name, maker, from, wrong },
    needs: needs === reachedBy?.key ? "key" : "address",
    hasKey: key !== undefined,
    address: address ?? null,
    usual: usual ?? null,
    models: pricedModels(name),
    setAt: row?.setAt.toISOString() ?? null,
    setBy: row?.setByName ?? null,
  }
}
