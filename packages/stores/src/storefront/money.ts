/** An amount of the Store API, which is in units (12.5 is twelve euros fifty), as people of the locale write it. */
export function money(amount: number, { currency, locale }: { currency: string; locale: string }) {
  const style = { style: "currency", currency: currency.toUpperCase() } as const
  return new Intl.NumberFormat(locale, style).format(amount)
}
