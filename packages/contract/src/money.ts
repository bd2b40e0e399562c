/** "$1.30" of US cents, "$0.0042" below one of them */
export function money(cents: number): string {
  const dollars = cents / 100
  if (dollars > 0 && dollars < 0.0001) return "under $0.0001"
  const digits = dollars > 0 && dollars < 0.01 ? 4 : 2
  const shown = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  return `$${dollars.toLocaleString("en", shown)}`
}

const microdollarsPerCent = 10_000

/** Millionths of a US dollar as cents. */
export const centsOf = (microdollars: number): number => microdollars / microdollarsPerCent

export const microdollarsOf = (cents: number): number => cents * microdollarsPerCent

/** `money` of millionths of a US dollar */
export const moneyOf = (microdollars: number): string => money(centsOf(microdollars))
