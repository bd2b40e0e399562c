import type { Product, Variant } from "./shop-api-shapes.ts"

/** How many pieces can be sold; `Infinity` where the shop does not count. */
export function left(variant: Variant): number {
  if (!variant.manage_inventory || variant.allow_backorder) return Number.POSITIVE_INFINITY
  return variant.inventory_quantity ?? Number.POSITIVE_INFINITY
}

export const isSoldOut = ({ variants }: Product) => !(variants ?? []).some((each) => left(each) > 0)
