import assert from "node:assert/strict"
import { test } from "node:test"
import { makeMoney } from "../server/money.js"
import { balancesOf, paymentsOf, split } from "../server/shares.js"

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)

test("a split is exact to the cent, and equal parts differ by one at most", () => {
  for (let amount = 1; amount < 400; amount += 7)
    for (const count of [1, 2, 3, 7]) {
      const parts = Object.fromEntries(Array.from({ length: count }, (_, at) => [`p${at}`, 1]))
      const shares = Object.values(split(amount, parts, amount))
      assert.equal(sum(shares), amount)
      assert.ok(Math.max(...shares) - Math.min(...shares) <= 1)
    }
})

test("the cent that is left over goes to another person in another expense", () => {
  const parts = { Ada: 1, Bob: 1, Cleo: 1 }
  const lucky = [0, 1, 2].map(
    (turn) => Object.entries(split(100, parts, turn)).find(([, share]) => share === 34)[0],
  )
  assert.deepEqual(lucky, ["Ada", "Bob", "Cleo"])
})

test("parts decide how much, and who has none carries nothing", () => {
  assert.deepEqual(split(900, { Ada: 2, Bob: 1, Cleo: 0 }), { Ada: 600, Bob: 300 })
})

test("balances add up to nothing, and the payments bring all of them there", () => {
  const people = ["Ada", "Bob", "Cleo", "Dan"]
  const entries = Array.from({ length: 40 }, (_, id) => ({
    ...{ id, kind: id % 9 === 0 ? "payment" : "expense", amount: 101 + id * 37 },
    paidBy: people[(id * 7) % 4],
    parts: { [people[id % 4]]: 1, [people[(id + 1) % 4]]: 1 + (id % 3) },
  }))
  const balances = balancesOf(people, entries)
  assert.equal(sum(balances.map(({ balance }) => balance)), 0)
  const payments = paymentsOf(balances)
  assert.ok(payments.length < people.length)
  const left = new Map(balances.map(({ person, balance }) => [person, balance]))
  for (const { from, to, amount } of payments) {
    assert.ok(amount > 0)
    left.set(from, left.get(from) + amount)
    left.set(to, left.get(to) - amount)
  }
  assert.deepEqual([...left.values()], [0, 0, 0, 0])
})

test("amounts are read as people write them, and nothing is rounded", () => {
  const euros = makeMoney("EUR")
  for (const [given, amount] of [
    ["12", 1200],
    ["12,5", 1250],
    ["12.50", 1250],
    [" 1 234.05 ", 123405],
    ["1,234.50", 123450],
    ["1.234,50", 123450],
    ["0.29", 29],
  ])
    assert.equal(euros.read(given), amount, given)
  for (const wrong of ["", "0", "-5", "1.234", "12.5.1", "twelve", "99999999999", null])
    assert.throws(() => euros.read(wrong), { status: 422 }, String(wrong))
})

test("a currency without cents has none", () => {
  const yen = makeMoney("JPY")
  assert.equal(yen.read("1200"), 1200)
  assert.throws(() => yen.read("12.5"))
  assert.equal(yen.plain(1200), "1200")
})
