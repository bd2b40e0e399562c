import { type RatePolicy, rateHeaders } from "@vibecaas/contract/rate"
import { fault } from "@vibecaas/kernel/fault"
import type { FastifyReply } from "fastify"
import { addressKey } from "./address-key.ts"

/** `max` calls in any window of `windowSeconds`. */
export interface RateLimit {
  max: number
  windowSeconds: number
}

/** The limits of an installation; each counts for itself. The first three are those of plans unless they are set. */
export interface RateLimits {
  /** calls of all members of one organization */
  organization?: RateLimit | undefined
  /** one person's calls of any kind, those that are refused included: as many as the largest of their organizations may make */
  person?: RateLimit | undefined
  /** one person's writes that start machines or agents, in one organization */
  provisioning?: RateLimit | undefined
  /** calls from one address that carry no valid session */
  anonymous: RateLimit
  /** tries to sign in or up, or to change a password, from one address */
  signInPerAddress: RateLimit
  /** tries to sign in to one account from one address that failed */
  signInPerAccountAndAddress: RateLimit
  /** tries on one account that failed, from anywhere; who is signed in at an address may go on there */
  signInPerAccount: RateLimit
}

export const defaultRateLimits = {
  anonymous: { max: 300, windowSeconds: 60 },
  signInPerAddress: { max: 60, windowSeconds: 60 },
  signInPerAccountAndAddress: { max: 10, windowSeconds: 300 },
  signInPerAccount: { max: 100, windowSeconds: 300 },
} as const satisfies RateLimits

/** What is left after one call was counted. */
export interface Allowance extends RateLimit {
  allowed: boolean
  remaining: number
  /** seconds until the next call is allowed (0 when it is), or else until the window ends */
  resetSeconds: number
}

/** Counts calls by key, in sliding windows. */
export interface RateLimiter {
  take(key: string, limit: RateLimit): Allowance | Promise<Allowance>
  /** Undoes one `take` of this window that turned out not to count. */
  giveBack(key: string): void | Promise<void>
}

/** Tells a client where it stands: the tightest of the limits that its call was counted against. */
export function tellRate(reply: FastifyReply, policy: RatePolicy, allowance: Allowance): void {
  const told = reply.getHeader(rateHeaders.remaining)
  if (told !== undefined && Number(told) < allowance.remaining) return
  const { max, remaining, resetSeconds, windowSeconds } = allowance
  reply.headers({
    [rateHeaders.policy]: `"${policy}";q=${max};w=${windowSeconds}`,
    [rateHeaders.limit]: String(max),
    [rateHeaders.remaining]: String(remaining),
    [rateHeaders.reset]: String(resetSeconds),
  })
}

/** @throws Fault `rate_limited` */
export function assertAllowed(allowance: Allowance, say: string): void {
  if (allowance.allowed) return
  throw fault("rate_limited", {
    say,
    retryable: true,
    retryAfterSeconds: allowance.resetSeconds,
  })
}

export const tooManyTries = "Too many tries. Wait a moment, then try again."

/** Where tries to sign in from an address are counted, and how many of them may be. */
export const signInFrom = (ip: string, limits: Pick<RateLimits, "signInPerAddress">) => ({
  key: `sign-in:address:${addressKey(ip)}`,
  limit: limits.signInPerAddress,
})
