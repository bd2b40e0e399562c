import type { RateStore } from "./shared-rate-limiter.ts"

/** What is asked of a client of Redis. */
export interface Redis {
  eval(script: string, given: { keys: string[]; arguments: string[] }): Promise<unknown>
}

/** Counts in one step, as `count_call` does in PostgreSQL; numbers go as text, since Redis cuts fractions off. */
const count = `
local window, share, max = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local kept = redis.call("HMGET", KEYS[1], "window", "count", "before")
local at, count, before = tonumber(kept[1] or -2), tonumber(kept[2] or 0), tonumber(kept[3] or 0)
if at < window then
  if at == window - 1 then before = count else before = 0 end
  at, count = window, 0
end
local taken = 0
if before * (1 - share) + count + 1 <= max then taken = 1 end
redis.call("HSET", KEYS[1], "window", at, "count", count + taken, "before", before)
redis.call("EXPIRE", KEYS[1], ARGV[4])
return { count, before }
`

const uncount = `
local count = tonumber(redis.call("HGET", KEYS[1], "count") or 0)
if count > 0 then redis.call("HSET", KEYS[1], "count", count - 1) end
return 0
`

const placeOf = (key: string) => `vibecaas:rate:${key}`

/** Counters in Redis, each gone by itself once it no longer matters. */
export function rateStoreInRedis(redis: Redis): RateStore {
  return {
    async count(key, { window, share, max, windowSeconds }) {
      const given = [window, share, max, windowSeconds * 2].map(String)
      const answer = await redis.eval(count, { keys: [placeOf(key)], arguments: given })
      const [was = 0, before = 0] = Array.isArray(answer) ? answer.map(Number) : []
      return { count: was, before }
    },
    async uncount(key) {
      await redis.eval(uncount, { keys: [placeOf(key)], arguments: [] })
    },
  }
}
