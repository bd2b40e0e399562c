// Who carries how much of an expense, and who owes whom in the end.

/**
 * Splits an amount by parts, to the last cent: `{ Ada: 1, Bob: 2 }` of 100 is `{ Ada: 33, Bob: 67 }`.
 * Cents that are left over go to one person after the other, beginning elsewhere for each `turn`.
 */
export function split(amount, parts, turn = 0) {
  const people = Object.keys(parts).filter((person) => parts[person] > 0)
  const total = people.reduce((sum, person) => sum + parts[person], 0)
  const shares = people.map((person) => Math.floor((amount * parts[person]) / total))
  let left = amount - shares.reduce((sum, share) => sum + share, 0)
  for (let at = 0; left > 0; at++, left--) shares[(turn + at) % people.length]++
  return Object.fromEntries(people.map((person, at) => [person, shares[at]]))
}

/** What each person paid, carried and is owed (below zero: owes); the balances add up to nothing. */
export function balancesOf(people, entries) {
  const balances = new Map(
    people.map((person) => [person, { person, paid: 0, share: 0, balance: 0 }]),
  )
  const of = (person) => {
    if (!balances.has(person)) balances.set(person, { person, paid: 0, share: 0, balance: 0 })
    return balances.get(person)
  }
  for (const { kind, id, amount, paidBy, parts } of entries) {
    of(paidBy).balance += amount
    if (kind === "expense") of(paidBy).paid += amount
    for (const [person, share] of Object.entries(split(amount, parts, id))) {
      of(person).balance -= share
      if (kind === "expense") of(person).share += share
    }
  }
  return [...balances.values()]
}

/** The payments that settle everything: `[{ from, to, amount }]`, at most one fewer than people. */
export function paymentsOf(balances) {
  const sorted = (sign) =>
    balances
      .filter(({ balance }) => balance * sign > 0)
      .map(({ person, balance }) => ({ person, open: Math.abs(balance) }))
      .sort((one, other) => other.open - one.open)
  const [owed, owing] = [sorted(1), sorted(-1)]
  const payments = []
  while (owed.length > 0 && owing.length > 0) {
    const [to, from] = [owed[0], owing[0]]
    const amount = Math.min(to.open, from.open)
    payments.push({ from: from.person, to: to.person, amount })
    to.open -= amount
    from.open -= amount
    if (to.open === 0) owed.shift()
    if (from.open === 0) owing.shift()
  }
  return payments
}
