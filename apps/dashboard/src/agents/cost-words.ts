import type { ModelCost, ModelPrice } from "@vibecaas/contract/model-cost"
import { money } from "@vibecaas/contract/money"
import { count } from "../ui/format.ts"

export const free = "Costs nothing"

/** "$0.34", "Price not known", "Costs nothing": nothing for a real model that was not asked yet. */
export function costWords({ cents, unpriced }: ModelCost, simulated: boolean): string | null {
  if (unpriced > 0) {
    return cents > 0
      ? `${money(cents)} and ${count(unpriced, "answer")} of unknown price`
      : "Price not known"
  }
  if (cents > 0) return money(cents)
  return simulated ? free : null
}

/** "$1.25 per million tokens read, $10.00 written; list price of 2025-11" */
export function priceWords(price: ModelPrice | null): string {
  if (!price) return "Its price is not known here"
  const { input, output, asOf } = price
  return `${money(input * 100)} per million tokens read, ${money(output * 100)} written; list price of ${asOf}`
}
