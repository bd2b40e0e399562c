/** What a turn answers: nothing to do until someone wakes the key, or come back after a while. */
export type Next = { kind: "done" } | { kind: "again"; afterMs: number }

export const done: Next = { kind: "done" }

/** @example return again(seconds(5)) */
export function again(afterMs: number): Next {
  return { kind: "again", afterMs }
}

/** `n` seconds in milliseconds */
export const seconds = (n: number): number => n * 1000

/** `n` minutes in milliseconds */
export const minutes = (n: number): number => n * 60_000
