import type { ModelPrice } from "@vibecaas/contract/model-cost"
import type { ModelInfo } from "@vibecaas/contract/model-info"
import { lists, type Price, prices, type Rates } from "./prices.ts"

/** What a model says that one of its answers used, in tokens. */
export interface UsedTokens {
  /** all that it read, the cached ones among them */
  input: number
  /** of these: what the provider still had from before */
  cacheRead: number
  /** of these: what the provider is to keep */
  cacheWrite: number
  output: number
}

const free: Rates & Pick<Price, "long"> = { input: 0, cachedInput: 0, cacheWrite: 0, output: 0 }

/** The price of a model: nothing for one that is simulated, undefined when it is not known. */
export function priceOf({ provider, model, simulated }: ModelInfo) {
  if (simulated) return free
  return prices.find(
    (price) => price.provider === provider && price.models.some((name) => isOf(name, model)),
  )
}

/** The models of a provider whose price is known, without the dates of snapshots. */
export const pricedModels = (provider: string): string[] =>
  prices.filter((price) => price.provider === provider).flatMap(({ models }) => models)

/** The price as the API shows it; nothing for a simulated model and for one whose price is not known. */
export function showPrice(info: ModelInfo): ModelPrice | null {
  const price = info.simulated ? undefined : priceOf(info)
  const source = lists.sources[info.provider]
  if (!price || !source) return null
  const { input, cachedInput, cacheWrite, output } = price
  return { input, cachedInput, cacheWrite, output, asOf: lists.asOf, source }
}

/** Whether a model is the one of that name, or a dated snapshot of it. */
function isOf(name: string, model: string): boolean {
  if (!model.startsWith(name)) return false
  return /^(-latest|-\d{8}|-\d{4}-\d{2}-\d{2}|-preview-\d{2}-\d{4})?$/.test(
    model.slice(name.length),
  )
}

/** What an answer cost, in millionths of a US dollar: dollars per million are such a millionth per token. */
export function costOf(price: NonNullable<ReturnType<typeof priceOf>>, used: UsedTokens): number {
  const { input, cacheRead, cacheWrite, output } = used
  const rates: Rates = price.long && input > price.long.over ? price.long : price
  const fresh = Math.max(0, input - cacheRead - cacheWrite)
  return Math.round(
    fresh * rates.input +
      cacheRead * rates.cachedInput +
      cacheWrite * rates.cacheWrite +
      output * rates.output,
  )
}
