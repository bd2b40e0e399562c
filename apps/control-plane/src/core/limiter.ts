/** Counts by key, in windows of time; what is above `max` is not allowed. */
export interface Limiter {
  take(key: string, limit: { max: number; windowSeconds: number }): Counted | Promise<Counted>
}

interface Counted {
  allowed: boolean
  /** until the next is allowed, or else until the window ends */
  resetSeconds: number
}
