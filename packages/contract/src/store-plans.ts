/** Plans of a store, smallest first, with their prices a month in millionths of a dollar. What one may use its engine says. */
export const storePlans = {
  basic: { price: 9_000_000 },
  standard: { price: 29_000_000 },
  premium: { price: 79_000_000 },
} as const
export type StorePlan = keyof typeof storePlans
export const storePlanNames = ["basic", "standard", "premium"] as const satisfies StorePlan[]

/** stores that one person may have at a time, over all organizations, where the installation says nothing else */
export const storesPerPerson = 5
/** from which part of a limit on people are warned */
export const warnsFrom = 0.8
