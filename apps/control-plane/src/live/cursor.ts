/**
 * A place in the events of a database, in the order in which readers may read them: by
 * transaction, then by sequence within it. As text `<transaction>.<sequence>`.
 */
export interface Place {
  transaction: bigint
  sequence: bigint
}

export const placeText = ({ transaction, sequence }: Place) => `${transaction}.${sequence}`

/** The largest numbers that PostgreSQL knows as `xid8` and `bigint`. */
const transactionMax = 2n ** 64n - 1n
const sequenceMax = 2n ** 63n - 1n

/** `undefined` when the text is not a cursor of ours */
export function parsePlace(text: string): Place | undefined {
  const found = /^(\d{1,20})\.(\d{1,19})$/.exec(text)
  if (!found?.[1] || !found[2]) return undefined
  const place = { transaction: BigInt(found[1]), sequence: BigInt(found[2]) }
  return place.transaction > transactionMax || place.sequence > sequenceMax ? undefined : place
}

export function isAfter(a: Place, b: Place): boolean {
  if (a.transaction !== b.transaction) return a.transaction > b.transaction
  return a.sequence > b.sequence
}
