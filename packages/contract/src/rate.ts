/** Which limit a call was the closest to. */
export const ratePolicies = [
  "organization",
  "person",
  "provisioning",
  "address",
  "sign-in",
] as const
export type RatePolicy = (typeof ratePolicies)[number]

/** Where an answer tells how many calls are left, after the draft of the IETF. */
export const rateHeaders = {
  policy: "ratelimit-policy",
  limit: "ratelimit-limit",
  remaining: "ratelimit-remaining",
  reset: "ratelimit-reset",
} as const

/** How far a caller is from a limit. */
export interface Rate {
  policy: RatePolicy
  /** calls in a window */
  limit: number
  remaining: number
  /** until the next call is allowed where none remains, or else until the window ends */
  resetSeconds: number
}

/** What an answer tells of limits; nothing where nothing was counted. */
export function rateIn(headers: Pick<Headers, "get">): Rate | undefined {
  const [limit, remaining, resetSeconds] = [
    ...[rateHeaders.limit, rateHeaders.remaining, rateHeaders.reset],
  ].map((name) => Number(headers.get(name) ?? Number.NaN)) as [number, number, number]
  const named = /^"([a-z-]+)"/.exec(headers.get(rateHeaders.policy) ?? "")?.[1]
  const policy = ratePolicies.find((each) => each === named)
  if (!policy || [limit, remaining, resetSeconds].some(Number.isNaN)) return undefined
  return { policy, limit, remaining, resetSeconds }
}
