/** when everything was made and began */
export const at = "2026-11-22T12:00:00.000Z"

let last = 0

/** A number that nothing else has which a test made. */
export function nextNumber(): number {
  last += 1
  return last
}

/** The id of what has a number. */
export const id = <Prefix extends string>(prefix: Prefix, number = nextNumber()) =>
  `${prefix}_${String(number).padStart(26, "0")}` as const
