/** The last `capacity` bytes that were written, addressed by their position since the beginning. */
export interface LogRing {
  write(bytes: Uint8Array): void
  /** bytes written in all */
  total(): number
  /** the kept bytes from `position` on, and where they really begin */
  from(position: number): { position: number; bytes: Buffer }
}

export function makeLogRing(capacity: number): LogRing {
  const ring = Buffer.alloc(capacity)
  let total = 0
  return {
    write(bytes) {
      const kept = bytes.subarray(Math.max(0, bytes.length - capacity))
      const at = (total + bytes.length - kept.length) % capacity
      const first = kept.subarray(0, capacity - at)
      ring.set(first, at)
      ring.set(kept.subarray(first.length), 0)
      total += bytes.length
    },
    total: () => total,
    from(position) {
      const start = Math.min(total, Math.max(position, total - capacity, 0))
      const at = start % capacity
      const length = total - start
      const first = ring.subarray(at, Math.min(capacity, at + length))
      const bytes = Buffer.concat([first, ring.subarray(0, length - first.length)])
      return { position: start, bytes }
    },
  }
}
