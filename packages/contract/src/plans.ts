/** Plans that an organization can be on, smallest first. */
export const plans = ["starter", "pro", "team"] as const
export type Plan = (typeof plans)[number]
