/**
 * Puts an entry into a map as its newest one; above `max` entries the oldest goes.
 *
 * A map that is written like this at each use, too, keeps what was used last.
 */
export function keepNewest<K, V>(map: Map<K, V>, [key, value]: [K, V], max: number): void {
  map.delete(key)
  map.set(key, value)
  for (const oldest of map.keys()) {
    if (map.size <= max) return
    map.delete(oldest)
  }
}
