import { addressKey } from "../address-key.ts"
import {
  assertAllowed,
  type RateLimit,
  type RateLimiter,
  type RateLimits,
  signInFrom,
  tooManyTries,
} from "../rate-limit.ts"
import type { SignIn } from "./sign-in.ts"

export interface TriesParts {
  signIn: Pick<SignIn, "hasSessionFrom">
  limiter: RateLimiter
  limits: RateLimits
}

/** Gives back what was counted: only failures count, whoever succeeds may come as often as they like. */
export type GiveBack = () => Promise<void>

/**
 * Guessing is slowed per account, so many guessers together do not get far. What one address may try
 * was counted before, for each call that begins a session.
 */
export interface Tries {
  countSignIn(ip: string, email: string): Promise<GiveBack>
  countPassword(ip: string, userId: string): Promise<GiveBack>
}

/** @throws Fault `rate_limited`, from each count */
export function countTries(parts: TriesParts): Tries {
  const { limits, limiter } = parts
  const take = async (key: string, limit: RateLimit) =>
    assertAllowed(await limiter.take(key, limit), tooManyTries)
  const giveBack = (keys: readonly string[]) => async () => {
    for (const key of keys) await limiter.giveBack(key)
  }
  return {
    async countSignIn(ip, email) {
      const address = addressKey(ip)
      const pair = `sign-in:account:${email} ${address}`
      await take(pair, limits.signInPerAccountAndAddress)
      return giveBack([pair, ...(await countAccount(parts, email, address))])
    },
    async countPassword(ip, userId) {
      const address = signInFrom(ip, limits)
      await take(address.key, address.limit)
      // Only who holds a session gets here, so the account itself can be counted.
      const key = `password:${userId}`
      await take(key, limits.signInPerAccountAndAddress)
      return giveBack([key])
    },
  }
}

/**
 * Many guessers together are slowed too. Whoever knows only somebody's address of mail could use
 * this against its owner, so it holds nobody up where the owner is signed in already.
 */
async function countAccount(
  { limiter, limits, signIn }: TriesParts,
  email: string,
  address: string,
): Promise<string[]> {
  const key = `sign-in:account:${email}`
  const allowance = await limiter.take(key, limits.signInPerAccount)
  if (allowance.allowed) return [key]
  if (await signIn.hasSessionFrom(email, (ip) => addressKey(ip) === address)) return []
  assertAllowed(allowance, tooManyTries)
  return []
}
