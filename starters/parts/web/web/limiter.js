// Counts what one address does within a while, in memory.

const addressesMax = 10_000

/** @returns says whether an address may act once more, and counts it */
export function createLimiter({ times, withinMs }) {
  const seen = new Map()
  return (address) => {
    const now = Date.now()
    const before = seen.get(address)
    const entry = before && before.until > now ? before : { count: 0, until: now + withinMs }
    entry.count++
    seen.delete(address)
    seen.set(address, entry)
    if (seen.size > addressesMax) seen.delete(seen.keys().next().value)
    return entry.count <= times
  }
}
