// How often one key (an address, an account) may do a thing.
import { Refusal } from "./http.js"

const keysAtMost = 10_000

/** `take(key)` throws a Refusal (429) when the key did it more than `most` times within `withinMs`. */
export function makeLimiter({ most, withinMs, says }) {
  const seen = new Map()
  return {
    take(key) {
      const now = Date.now()
      const times = (seen.get(key) ?? []).filter((time) => now - time < withinMs)
      if (times.length >= most) {
        const seconds = Math.ceil((times[0] + withinMs - now) / 1000)
        throw new Refusal(429, says, { headers: { "retry-after": String(seconds) } })
      }
      // the key seen longest ago is forgotten first, so that memory stays small
      seen.delete(key)
      seen.set(key, [...times, now])
      if (seen.size > keysAtMost) seen.delete(seen.keys().next().value)
    },
    forget: (key) => seen.delete(key),
  }
}
