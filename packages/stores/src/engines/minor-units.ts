/** How many digits a currency has behind the point, e.g. 2 for EUR, 0 for JPY. */
export function decimalsOf(currency: string): number {
  const style = { style: "currency", currency } as const
  return new Intl.NumberFormat("en", style).resolvedOptions().maximumFractionDigits ?? 2
}

/** An amount in units of a currency, as shops' APIs write it, in its smallest part. */
export function minorUnits(amount: string | number, currency: string): number {
  return Math.round(Number(amount) * 10 ** decimalsOf(currency))
}
