/**
 * What a turn answers: nothing to do until someone wakes the key, or come back after a while.
 *
 * While a key's turns answer `working`, its work is under way: rows keep since when, and since when
 * `mark` is the same, and the limits of the loop count from there.
 */
export type Next =
  | { kind: "done" }
  | { kind: "again"; afterMs: number }
  | { kind: "working"; afterMs: number; mark: string }

export const done: Next = { kind: "done" }

/** @example return again(5000) */
export function again(afterMs: number): Next {
  return { kind: "again", afterMs }
}

/**
 * @param mark what was reached, e.g. the row's state; the same text again is no progress
 * @example return working(1000, row.state)
 */
export function working(afterMs: number, mark: string): Next {
  return { kind: "working", afterMs, mark }
}

/** `n` minutes in milliseconds */
export const minutes = (n: number): number => n * 60_000
